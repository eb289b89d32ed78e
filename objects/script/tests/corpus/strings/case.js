console.log(['Hello', 'straße', 'ÀÉ', 'ﬁ', 'İ', 'ΑΣ', 'ǆ'].map(s => `${s.toUpperCase()} ${s.toLowerCase()}`).join(' | '));
console.log(`${'İ'.toLowerCase().length} ${'ß'.toUpperCase().length} ${'ΟΔΟΣ Σ'.toLowerCase()}`);
console.log(JSON.stringify('\ud800a'.toUpperCase()));
