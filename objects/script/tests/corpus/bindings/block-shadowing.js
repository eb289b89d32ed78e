const x = 'outer';
{
  const x = 'inner';
  console.log(x);
  {
    let x = 'innermost';
    x += '!';
    console.log(x);
  }
  console.log(x);
}
console.log(x);
