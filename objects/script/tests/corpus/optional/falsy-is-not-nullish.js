console.log(`${''?.length} ${(0)?.toFixed(1)} ${false?.x} ${NaN?.x}`);
