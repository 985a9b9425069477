import { each, process, type Twin } from './twin.ts'

/** The zoo's philosophers, all of whom begin with the fork on the same side. */
export const philosophers: Twin = {
  promela: (n) => `
#define THINKING 0
#define HUNGRY 1
#define EATING 2
#define SATED 3
byte philosopher[${n}];
bool held[${n}];
#define INVARIANT !(${each(n, (i) => `philosopher[${i}] == EATING && philosopher[${(i + 1) % n}] == EATING`, ' || ')})
${process(
  Array.from({ length: n }, (_, i) => [i, (i + 1) % n]).flatMap(([p, q]) => [
    {
      guard: `philosopher[${p}] == THINKING && !held[${p}]`,
      effect: `held[${p}] = 1; philosopher[${p}] = HUNGRY`,
    },
    {
      guard: `philosopher[${p}] == HUNGRY && !held[${q}]`,
      effect: `held[${q}] = 1; philosopher[${p}] = EATING`,
    },
    { guard: `philosopher[${p}] == EATING`, effect: `held[${p}] = 0; philosopher[${p}] = SATED` },
    { guard: `philosopher[${p}] == SATED`, effect: `held[${q}] = 0; philosopher[${p}] = THINKING` },
  ]),
)}
`,
  murphi: (n) => `
type
  index: 0..${n - 1};
var
  philosopher: array[index] of enum { thinking, hungry, eating, sated };
  held: array[index] of boolean;
startstate begin
  for p: index do philosopher[p] := thinking; held[p] := false; end;
end;
ruleset p: index do
  alias q: (p + 1) % ${n} do
    rule "takeFirst" philosopher[p] = thinking & !held[p] ==> begin held[p] := true; philosopher[p] := hungry; end;
    rule "takeSecond" philosopher[p] = hungry & !held[q] ==> begin held[q] := true; philosopher[p] := eating; end;
    rule "putFirst" philosopher[p] = eating ==> begin held[p] := false; philosopher[p] := sated; end;
    rule "putSecond" philosopher[p] = sated ==> begin held[q] := false; philosopher[p] := thinking; end;
  end;
end;
invariant "neighbours" forall p: index do !(philosopher[p] = eating & philosopher[(p + 1) % ${n}] = eating) end;
`,
}
