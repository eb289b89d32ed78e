console.log(decodeURIComponent('%41%C3%A9%E2%82%AC%F0%9F%98%80%20+'));
console.log(decodeURI('%41%3B%2F%3F%23%24%20%C3%A9'));
console.log(decodeURIComponent('%3b%2f') + decodeURI('%3b%2f'));
