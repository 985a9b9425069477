import { each, process, type Twin } from './twin.ts'

/** The zoo's filter lock. */
export const peterson: Twin = {
  promela: (n) => `
#define READY 0
#define ANNOUNCED 1
#define WAITING 2
#define CRITICAL 3
byte at[${n}];
byte level[${n}];
byte last[${n}];
#define INVARIANT (${each(n, (i) => `(at[${i}] == CRITICAL)`, ' + ')}) <= 1
${process(
  Array.from({ length: n }, (_, p) => p).flatMap((p) => {
    const others = Array.from({ length: n }, (_, q) => q).filter((q) => q !== p)
    const may = `(last[level[${p}]] != ${p + 1} || (${others.map((q) => `level[${q}] < level[${p}]`).join(' && ')}))`
    return [
      { guard: `at[${p}] == READY`, effect: `level[${p}] = level[${p}] + 1; at[${p}] = ANNOUNCED` },
      {
        guard: `at[${p}] == ANNOUNCED`,
        effect: `last[level[${p}]] = ${p + 1}; at[${p}] = WAITING`,
      },
      {
        guard: `at[${p}] == WAITING && level[${p}] < ${n - 1} && ${may}`,
        effect: `at[${p}] = READY`,
      },
      {
        guard: `at[${p}] == WAITING && level[${p}] == ${n - 1} && ${may}`,
        effect: `at[${p}] = CRITICAL`,
      },
      { guard: `at[${p}] == CRITICAL`, effect: `level[${p}] = 0; at[${p}] = READY` },
    ]
  }),
)}
`,
  murphi: (n) => `
type
  index: 0..${n - 1};
  height: 0..${n - 1};
var
  at: array[index] of enum { ready, announced, waiting, critical };
  level: array[index] of height;
  last: array[height] of 0..${n};
startstate begin
  for p: index do at[p] := ready; level[p] := 0; end;
  for l: height do last[l] := 0; end;
end;
ruleset p: index do
  rule "announce" at[p] = ready ==> begin level[p] := level[p] + 1; at[p] := announced; end;
  rule "yield" at[p] = announced ==> begin last[level[p]] := p + 1; at[p] := waiting; end;
  rule "pass" at[p] = waiting & (last[level[p]] != p + 1 | forall q: index do q = p | level[q] < level[p] end) ==> begin
    if level[p] = ${n - 1} then at[p] := critical; else at[p] := ready; end;
  end;
  rule "leave" at[p] = critical ==> begin level[p] := 0; at[p] := ready; end;
end;
invariant "mutual-exclusion" forall p: index do forall q: index do p = q | !(at[p] = critical & at[q] = critical) end end;
`,
}
