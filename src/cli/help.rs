//! What `--help` says below the options: forms of the output, exit codes, examples.

/// After the help of the whole command line.
pub const ROOT: &str = "\
A REF is a name in the owner's directory, or a path such as friends/bob/shop, of which each part but \
the last leads to a directory; or a file with a sturdyref (what begins with ./ or / is a file, and \
so is one that no name leads to); or `-`, a sturdyref on standard input. A sturdyref itself is refused as an argument: it would stay in the shell's history and \
show in `ps`.

JSON arguments: 1, true, null, '\"text\"', '[1, 2]', '{\"field\": 1}'; {\"$ref\": \"REF\"} \
passes a reference.

Exit codes:
  0   done
  1   the host or the object answered with an error
  2   the command line or its JSON is wrong
  3   no host answers on the data folder
  4   the store is damaged
  5   a file, folder or stream of this machine cannot be used
  6   it may have happened or not: the answer was cut off, or late
  7   the answer is late since a peer is away
  70  a mistake of hogshead itself

Examples:
  hogshead demo
  hogshead start --data alice
  hogshead --data alice vat new shop";

/// After the help of `demo`.
pub const DEMO: &str = "\
Two hosts run as child processes in a temporary folder, on free ports of the loopback address. \
Every step is real and checked; if one fails, the exit code is 1. Nothing is left behind.

With --json each step is a line {\"step\", \"ms\", \"said\"}.

Examples:
  hogshead demo
  hogshead demo --json";

/// After the help of `start`.
pub const START: &str = "\
Makes the data folder (mode 0700) if it is not there. When the host is ready it prints one line, \
with --json {\"ready\", \"pid\", \"data\", \"socket\", \"listening\", \"addresses\", \"ways\", \
\"tcp_testing_only\", \"host\"}. Ctrl-C or SIGTERM stops it cleanly, a second one at once.

Sturdyrefs name all ways to the host, and whoever accepts one takes the first that both hosts have \
and that works: QUIC, then the Unix socket, then WebSocket. Who is who is proven alike on all of them.

A vat's hosting certificate lasts 30 days and is renewed when it is shown with a third of that left. \
A plain session without a frame for 15 minutes is ended.

Examples:
  hogshead start --data alice
  hogshead start --data bob --listen 127.0.0.1:0 --engine redb
  hogshead start --listen 0.0.0.0:7467 --advertise home.example:7467
  hogshead start --log hogshead=debug
  hogshead start --listen-ws 127.0.0.1:8080 --ws-url wss://home.example/hog
  hogshead start --listen-unix /run/user/1000/hog.sock
  hogshead start --tcp-testing-only shop=127.0.0.1:22045";

/// After the help of `clock`.
pub const CLOCK: &str = "\
A host goes by the system's clock, which it does not set: `advance` and `set` are for a host that \
was started with --virtual-clock, on a folder of its own: what has seen next year does not come \
back to this one. They end when what then is due has fired; what it set off may \
still run. Time never goes back for vats: they go slower until a clock that was set back has \
caught up. A clock that jumps forward by more than an hour while the host runs, or by more than \
three years over a stop, is not believed: no timer fires until `accept`, or until it is right again.

With --json `show`, `advance`, `set` and `accept` print {\"now_ms\", \"virtual\", \
\"jumped_to_ms\", \"due\": [{\"vat\", \"due_ms\"}…]}, `new` {\"name\", \"vat\"}, `cancel` \
{\"cancelled\"}.

Examples:
  hogshead clock show
  hogshead clock new shop --name clock
  hogshead call clock after 5000
  hogshead start --data rehearsal --virtual-clock 2027-03-01
  hogshead clock advance '3d 12h' --data rehearsal";

/// After the help of `vat`.
pub const VAT: &str = "\
With --json `ls` prints {\"vats\": [VAT…]}, `rm` {\"removed\"}, `collect` {\"freed\"}, `show` \
everything it knows, `location` {\"vat\", \"number\", \"ways\", \"record\"}, \
`quota` {\"vat\", \"bytes\", \"records\", \"deliveries\", \"timers\"}, each of these {\"used\", \"quota\"}, \
the others the VAT: {\"name\", \"id\", \"number\", \"state\", \"paused\", \
\"turns\", \"records\", \"bytes\"}. `state` is warm (objects in memory), unloaded (none, \
sessions open) or cold (records only).

Examples:
  hogshead vat new shop
  hogshead vat ls --json
  hogshead vat evict shop
  hogshead vat quota shop --records 8000000";

/// After the help of `spawn`.
pub const SPAWN: &str = "\
Prints the name, with --json {\"name\", \"kind\", \"vat\"}.

Examples:
  hogshead spawn shop counter --name visits
  hogshead spawn shop greeter '\"Hello\"' --name greeter
  hogshead spawn shop cell '{\"$ref\": \"visits\"}' --name box";

/// After the help of `call`.
pub const CALL: &str = "\
Prints the answer as JSON, nothing for a method that returns nothing; with --json {\"answer\": \
…}, where a reference reads {\"$ref\": …}.

A peer that is away may answer in a year. After two seconds a line on standard error says who is \
being waited for, with --json {\"waiting\": {\"peer\", \"petname\", \"away_since_ms\", \
\"sent\"}}. Whoever stops waiting, by Ctrl-C or by --timeout (exit code 7), gives up the answer \
alone: a message that was sent stays in the outbox and is delivered once; `session drop-outbox` \
takes it back if it never left. As long as the REF itself is being looked up nothing was sent.

Examples:
  hogshead call visits increment 2
  hogshead call greeter greet '\"Carol\"'
  hogshead call ./from-alice.ref increment 1
  hogshead call box set '{\"$ref\": \"visits\"}'
  hogshead call --name found box get";

/// After the help of `grant`.
pub const GRANT: &str = "\
Makes a facet of the object, narrowed by everything that is said, and prints a sturdyref to it. \
A grant of a grant can only narrow it further. Every condition is checked, and every use counted, \
when a message is delivered; `hogshead grants` shows it.

ARG=… is the number of an argument, counted from 0, an operator and a value: '0<=100', '0=tea', \
'1.kind=in(tea, coffee)' for a field of it, '2^=/home/bob/' for a text that begins so. The \
operators are = != < <= > >= ^=. What is not there, or of another type, is refused. --to asks from \
whose vat a message comes: for a command line that is the `vat zero` of its `hogshead key`.

Whoever has the sturdyref may use the grant, so keep it like a password: hand it over through a \
safe way, and revoke it when it is no longer needed. A file gets mode 0600, also one that the \
shell opened; a terminal is refused, since its scrollback would keep it. With --qr it is drawn, \
there as well, for a camera.

What is of another host may be granted as well: by a forwarder here, whose uses are uses of one's \
own there, and which ends with it.

`share` is another word for it. With --json {\"sturdyref\" or \"file\", \"label\", \"only\", \
\"may\"}.

Examples:
  hogshead grant visits --only increment --label bob > visits.ref
  hogshead grant visits --where '0<=10' --uses 3 --rate 1/min --until 7d --out visits.ref
  hogshead grant visits --qr
  hogshead grant visits --at 'ocapn://….tcp-testing-only?host=127.0.0.1&port=22045' > test.ref";

/// After the help of `grants`.
pub const GRANTS: &str = "\
One line for each grant; what its holder passed on, narrowed, stands below it. `used` counts \
messages that were let through, those of what was derived from it included, `denied` those that \
were refused. The state is valid, not yet, used up, expired, suspended (the store was restored, and \
uses may be missing in its counts: `grants confirm` goes on with them) or revoked.

With --json {\"grants\": [{\"vat\", \"grant\", \"object\", \"parent\", \"grantor\", \"label\", \
\"may\", \"methods\", \"created_ms\", \"sturdyrefs\", \"holders\", \"state\", \"used\", \
\"last_ms\", \"left\", \"denied\", \"denials\": [{\"at_ms\", \"method\", \"why\", \
\"caller\"}…]}…]}; `revoke` prints {\"revoked\"}, `confirm` {\"confirmed\"}.

Examples:
  hogshead grants
  hogshead grants visits --json
  hogshead grants confirm shop
  hogshead grants revoke shop 12 --deep";

/// After the help of `invite`.
pub const INVITE: &str = "\
An invitation is good for one vat: the first that redeems it gets a lasting sturdyref of what was \
granted in its place, and everybody after it is refused, and so learns that somebody was there \
before. Each side learns the other's key: `hogshead grants` shows who came. So an invitation may go \
by a mail or a screen that others can read later. What narrows a `grant` narrows an invitation. \
`revoke` takes it back, by its sturdyref or its label, and with it what whoever redeemed it has got.

With --json {\"sturdyref\" or \"file\", \"label\", \"only\", \"may\"}.

Examples:
  hogshead invite visits --qr
  hogshead invite visits --only increment --until 7d --bind --out bob.invitation";

/// After the help of `redeem`.
pub const REDEEM: &str = "\
Prints the name and the key of the vat that invited, with --json {\"name\", \"inviter\"}. \
Redeemed again by the same host, because an answer was lost, it gives another sturdyref of the same \
grant in place of the one before.

Examples:
  hogshead redeem bob.invitation --name visits
  hogshead redeem - < bob.invitation";

/// After the help of `accept`.
pub const ACCEPT: &str = "\
With --json {\"name\", \"kind\", \"to\"}.

Examples:
  hogshead accept visits < visits.ref";

/// After the help of `revoke`.
pub const REVOKE: &str = "\
By name it revokes everything that was granted of the object, or what was granted under --label; \
by sturdyref it revokes that one. What its holder passed on to others stays theirs, unless --deep \
takes that as well, all the way down. A grant without either, such as one of something elsewhere, \
is revoked by its number: `grants revoke`. Prints how many facets that were, with --json {\"revoked\"}.

Examples:
  hogshead revoke visits --label bob
  hogshead revoke visits --label bob --deep
  hogshead revoke visits.ref";

/// After the help of `name`.
pub const NAME: &str = "\
A path leads from the owner's directory through others, which may be of any vat, here or elsewhere. \
An object of the kind `directory` is one. A name in a directory elsewhere is given to a live \
reference, and a name at home to a sturdyref or to an object of this host. `set` gives no name \
twice without --replace.

With --json `ls` prints {\"names\": [{\"name\", \"kind\", \"to\"}…]}, `set` {\"name\"}, `rm` \
{\"removed\"}. The kind is live (an object of this host) or sturdy (a sturdyref that was accepted).

Examples:
  hogshead name ls
  hogshead spawn shop directory --name friends
  hogshead name set friends/visits visits
  hogshead name ls friends
  hogshead call friends/visits read
  hogshead name rm visits";

/// After the help of `forward`.
pub const FORWARD: &str = "\
When a vat's host has another address, whoever has a sturdyref with the old one may still ask there. \
A host that keeps the vat's location record sends them on; its own vats find it by that as well. \
The record is signed by the vat, so it may come by any way, and is no secret. A newer one replaces \
an older one.

With --json `add` prints {\"vat\", \"number\", \"to\"}, `ls` {\"forwards\": [{\"vat\", \"number\", \
\"to\"}…]}, `rm` {\"removed\"}.

Examples:
  hogshead vat location shop --data new > shop.location
  hogshead forward add \"$(cat shop.location)\" --data old
  hogshead forward ls";

/// After the help of `session`.
pub const SESSION: &str = "\
A durable session outlives connections and processes. `ls` shows how many references each side \
holds of the other and how many answers each awaits; what waits to be sent or acknowledged is the \
outbox. One that has forked is shown with the evidence until it is ended once more.

`end` breaks every reference over the session and every answer that is awaited, on both sides; the \
peer is told if it can be reached, or when it comes. `drop-outbox` drops what was never sent. What \
has a number may have been applied: it stays until the session ends. `expire` and `expire-export` \
take the positions that `show` lists. None of these can be undone, and none asks first.

With --json `ls` prints {\"sessions\": [{\"vat\", \"session\": SESSION}…]}, `show` {\"info\": \
SESSION, \"outbox\", \"exports\", \"imports\"}, `end` {\"id\", \"peer\", \"told\"}, \
`drop-outbox` {\"operations\", \"questions\", \"wishes\", \"left\"}, the others {\"expired\"}.

Examples:
  hogshead session ls
  hogshead session show shop visits
  hogshead session drop-outbox shop visits
  hogshead session expire-export shop 42 7";

/// After the help of `parked`.
pub const PARKED: &str = "\
A delivery is parked when it cannot run: its object's kind or version is unknown, an upgrade \
failed, or the host died while it may have been running. With --json `ls` prints {\"parked\": \
[{\"vat\", \"delivery\", \"trigger\", \"action\", \"cause\"}…]}, the others {\"vat\", \
\"delivery\"}.

Examples:
  hogshead parked ls
  hogshead parked retry shop 12";

/// After the help of `key`.
pub const KEY: &str = "\
With --json {\"host\", \"vat_zero\", \"addresses\", \"ways\", \"engine\", \"commit\", \"durable\", \
\"clock_jumped_to_ms\"}.

Examples:
  hogshead key --data alice";

/// After the help of `store`.
pub const STORE: &str = "\
`check`, `rebuild` and `replay` need the host to be stopped. `check` reads everything that is kept, \
and ends with exit code 4 if something is wrong. `rebuild` sets aside what was there before. \
`replay` runs every turn again and ends with exit code 1 if one does not write what it wrote; it \
knows the kinds of objects that every host knows, and changes nothing.

`restore` goes back: what came after the snapshot is set aside. Peers remember it, though, and may \
have used grants up since. So the vats' certificates get a higher epoch, below which peers that see \
it take none any more, and grants that count uses are suspended until `grants confirm`. What was \
lost of a session with another host is found out as a fork, and the session ends. A copy of a \
store that is started without `restore` is found out the same way, but suspends nothing.

With --json `snapshot` prints {\"folder\", \"commit\"}, `check` {\"sound\", \"newest\", \
\"engine\", \"journal\", \"checkpoint\", \"snapshot\", \"problems\", \"more_problems\"}, \
`rebuild` {\"newest\", \"base\", \"set_aside\"}, `restore` {\"commit\", \"epoch\", \
\"set_aside\"}, `replay` {\"agrees\", \"from\", \
\"newest\", \"turns\", \"rows\", \"opaque\", \"unfounded\", \"host_batches\", \
\"unknown_kinds\", \"divergences\", \"more_divergences\"}.

Examples:
  hogshead store snapshot /backup/monday
  hogshead store check --data alice
  hogshead store rebuild --data alice --from /backup/monday
  hogshead store restore /backup/monday --data alice
  hogshead store replay --data alice --vat shop --threads 4";

/// After the help of `script`.
pub const SCRIPT: &str = "\
A script is written in a strict subset of JavaScript; docs/scripts.md has it on one page. A process \
is a script that runs in a vat: while it waits, a week or a year, it is nothing but bytes in its \
vat's store. PROC is the beginning of a process's id, as `ps` prints it.

A script gets what its `main` is passed: --grant NAME=REF puts a capability into the first argument, \
JSON arguments follow. `run` waits for the answer as long as --timeout says; the process goes on in \
any case. With --at N a command is refused if the process is not at that state any more.

With --json `check` prints {\"scripts\"}, `run` {\"id\", \"answer\"} or, detached, {\"id\", \"vat\"}, \
`ps` {\"processes\"}, `show` {\"process\", \"shows\"}, `fork` {\"id\", \"of\"}, `undo` {\"id\", \
\"undone\", \"to\"}, `revise` {\"id\", \"revised\"}, `export` {\"id\", \"file\", \"bytes\"}, `import` \
{\"id\", \"vat\"}, `logs` {\"log\"}.

Examples:
  hogshead script check meeting.js
  hogshead script run meeting.js --grant clock=clock-1 --grant mail=mail '{\"guest\": \"bob\"}'
  hogshead script ps
  hogshead script show 3f09
  hogshead script revise 3f09 meeting.js
  hogshead script export 3f09 meeting.proc && hogshead script show meeting.proc";

/// After the help of `repl`.
pub const REPL: &str = "\
Each line is a process of its own in the vat. What it declares, the next lines know; names of the \
owner's directory are variables, with `_` for what no variable's name can have. Lines are kept in \
repl.history in the data folder.

From a pipe, lines are read without a prompt, all of them; the exit code is that of the first that \
failed. With --json each line prints {\"answer\"} or, on standard error, {\"error\"}; `.names` \
prints {\"values\", \"functions\"}, `.methods` {\"methods\"}, `.help` {\"help\"}. A name that \
cannot be a variable beside the others is left out, with a line on standard error, with --json \
{\"left_out\": {\"name\", \"why\"}}.

Examples:
  hogshead repl shop
  echo 'await E(counter_1).increment(2)' | hogshead repl shop";

/// After the help of `completions`.
pub const COMPLETIONS: &str = "\
Examples:
  hogshead completions bash > ~/.local/share/bash-completion/completions/hogshead
  hogshead completions zsh > ~/.zfunc/_hogshead";
