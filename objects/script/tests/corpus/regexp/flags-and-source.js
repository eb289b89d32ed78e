const re = /a\/b[/]c/gim;
console.log(`${re.source} ${re.flags} ${re.global} ${re.ignoreCase} ${re.multiline} ${re.dotAll} ${re.unicode} ${re.sticky} ${re.hasIndices} ${re.lastIndex}`);
console.log(String(re) + `${/x/suy.flags} ${typeof /x/} ${/\n/.source} ${String(/a b/i)}`);
