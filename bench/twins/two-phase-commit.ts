import { each, process, type Twin } from './twin.ts'

const indices = (n: number) => Array.from({ length: n }, (_, i) => i)

/** The zoo's two-phase commit. */
export const twoPhaseCommit: Twin = {
  promela: (n) => `
#define WORKING 0
#define PREPARED 1
#define COMMITTED 2
#define ABORTED 3
#define NONE 0
#define SENT 1
#define RECEIVED 2
#define INIT 0
byte manager[${n}];
byte vote[${n}];
byte coordinator;
#define INVARIANT !((${each(n, (i) => `manager[${i}] == COMMITTED`, ' || ')}) && (${each(n, (i) => `manager[${i}] == ABORTED`, ' || ')}))
${process([
  ...indices(n).map((i) => ({
    guard: `coordinator == INIT && vote[${i}] != NONE`,
    effect: `vote[${i}] = RECEIVED`,
  })),
  {
    guard: `coordinator == INIT && ${each(n, (i) => `vote[${i}] == RECEIVED`, ' && ')}`,
    effect: 'coordinator = COMMITTED',
  },
  { guard: 'coordinator == INIT', effect: 'coordinator = ABORTED' },
  ...indices(n).map((i) => ({
    guard: `manager[${i}] == WORKING`,
    effect: `manager[${i}] = PREPARED; vote[${i}] = SENT`,
  })),
  ...indices(n).map((i) => ({
    guard: `manager[${i}] == WORKING`,
    effect: `manager[${i}] = ABORTED`,
  })),
  ...indices(n).map((i) => ({
    guard: 'coordinator == COMMITTED',
    effect: `manager[${i}] = COMMITTED`,
  })),
  ...indices(n).map((i) => ({
    guard: 'coordinator == ABORTED',
    effect: `manager[${i}] = ABORTED`,
  })),
])}
`,
  murphi: (n) => `
type
  index: 0..${n - 1};
var
  manager: array[index] of enum { working, prepared, committed, aborted };
  vote: array[index] of enum { none, sent, received };
  coordinator: enum { init, decidedCommit, decidedAbort };
startstate begin
  for r: index do manager[r] := working; vote[r] := none; end;
  coordinator := init;
end;
ruleset r: index do
  rule "TMRcvPrepared" coordinator = init & vote[r] != none ==> begin vote[r] := received; end;
  rule "RMPrepare" manager[r] = working ==> begin manager[r] := prepared; vote[r] := sent; end;
  rule "RMChooseToAbort" manager[r] = working ==> begin manager[r] := aborted; end;
  rule "RMRcvCommitMsg" coordinator = decidedCommit ==> begin manager[r] := committed; end;
  rule "RMRcvAbortMsg" coordinator = decidedAbort ==> begin manager[r] := aborted; end;
end;
rule "TMCommit" coordinator = init & forall r: index do vote[r] = received end ==> begin coordinator := decidedCommit; end;
rule "TMAbort" coordinator = init ==> begin coordinator := decidedAbort; end;
invariant "consistent"
  !(exists r: index do manager[r] = committed end & exists r: index do manager[r] = aborted end);
`,
}
