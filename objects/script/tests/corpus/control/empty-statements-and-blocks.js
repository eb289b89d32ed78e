;;
{}
{
  ;
}
for (const x of [1, 2]) {
}
if (true) {} else {}
label: {}
console.log('done');
