import fc from 'fast-check'

/**
 * Bodies and properties as plain data. Every number stands for a choice and is taken modulo what
 * there is to choose from, so that every value is a valid program and shrinks well.
 */
export type Term =
  | { readonly at: 'var'; readonly i: number }
  | { readonly at: 'to' | 'weak' | 'value'; readonly of: Term }
  | { readonly at: 'item'; readonly of: Term; readonly i: number }
  | { readonly at: 'owned'; readonly of: Term; readonly and: Term }
  | { readonly at: 'only'; readonly kind: number }

export type Expr =
  | { readonly is: 'in'; readonly of: Term; readonly state: number }
  | { readonly is: 'n'; readonly of: Term; readonly k: number; readonly less: boolean }
  | { readonly is: 'flag' | 'null'; readonly of: Term }
  | { readonly is: 'same' | 'lists'; readonly a: Term; readonly b: Term }
  | { readonly is: 'length'; readonly of: Term; readonly k: number }
  | { readonly is: 'constant'; readonly k: number }
  | { readonly is: 'not'; readonly e: Expr }
  | { readonly is: 'and' | 'or'; readonly a: Expr; readonly b: Expr }
  | { readonly is: 'every' | 'some'; readonly kind: number; readonly e: Expr }
  | { readonly is: 'count'; readonly kind: number; readonly e: Expr; readonly k: number }
  | {
      readonly is: 'sum' | 'max' | 'min'
      readonly kind: number
      readonly of: Expr
      readonly k: number
    }
  | { readonly is: 'distinct'; readonly kind: number; readonly by: number; readonly of: Expr }
  | { readonly is: 'one'; readonly kind: number; readonly of: Expr; readonly e: Expr }
  /** Keeps what it sees in the function of a quantifier: right by luck, or refused. */
  | { readonly is: 'hidden'; readonly kind: number; readonly how: number; readonly k: number }
  /** In properties of calls alone. */
  | { readonly is: 'changed' }
  | { readonly is: 'outcome'; readonly k: number }
  | { readonly is: 'before' | 'after'; readonly e: Expr }

export type Stmt =
  | {
      readonly do: 'if'
      readonly e: Expr
      readonly yes: readonly Stmt[]
      readonly no: readonly Stmt[]
    }
  | { readonly do: 'send'; readonly to: Term; readonly event: number; readonly what: Term }
  | {
      readonly do: 'try'
      readonly to: Term
      readonly event: number
      readonly what: Term
      readonly refused: readonly Stmt[]
    }
  | { readonly do: 'forEach'; readonly kind: number; readonly state: number; readonly all: boolean }
  | { readonly do: 'return'; readonly how: number }
  | { readonly do: 'fails'; readonly how: number; readonly then: readonly Stmt[] }
  /** Sends text that reads like a reference. */
  | { readonly do: 'label'; readonly to: Term }
  /** Makes two point to each other. */
  | { readonly do: 'link'; readonly a: Term; readonly b: Term }
  | { readonly do: 'keep'; readonly what: Term }
  | { readonly do: 'again' | 'skip' | 'lock' | 'unlock' }

const small = fc.nat({ max: 5 })

const term: fc.Arbitrary<Term> = fc.letrec<{ term: Term }>((tie) => ({
  term: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    { weight: 6, arbitrary: fc.record({ at: fc.constant('var' as const), i: small }) },
    {
      weight: 3,
      arbitrary: fc.record({
        at: fc.constantFrom('to' as const, 'weak' as const, 'value' as const),
        of: tie('term'),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        at: fc.constant('item' as const),
        of: tie('term'),
        i: fc.nat({ max: 1 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        at: fc.constant('owned' as const),
        of: tie('term'),
        and: tie('term'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ at: fc.constant('only' as const), kind: small }) },
  ),
})).term

const leafExpr: readonly fc.WeightedArbitrary<Expr>[] = [
  { weight: 4, arbitrary: fc.record({ is: fc.constant('in' as const), of: term, state: small }) },
  {
    weight: 2,
    arbitrary: fc.record({
      is: fc.constant('n' as const),
      of: term,
      k: fc.nat({ max: 2 }),
      less: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ is: fc.constantFrom('flag' as const, 'null' as const), of: term }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      is: fc.constantFrom('same' as const, 'lists' as const),
      a: term,
      b: term,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ is: fc.constant('length' as const), of: term, k: fc.nat({ max: 2 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ is: fc.constant('constant' as const), k: fc.nat({ max: 2 }) }),
  },
]

const expression = (
  leaves: readonly fc.WeightedArbitrary<Expr>[],
  careless = false,
): fc.Arbitrary<Expr> =>
  fc.letrec<{ e: Expr }>((tie) => ({
    e: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      ...leaves,
      { weight: 1, arbitrary: fc.record({ is: fc.constant('not' as const), e: tie('e') }) },
      {
        weight: 2,
        arbitrary: fc.record({
          is: fc.constantFrom('and' as const, 'or' as const),
          a: tie('e'),
          b: tie('e'),
        }),
      },
      {
        weight: 3,
        arbitrary: fc.record({
          is: fc.constantFrom('every' as const, 'some' as const),
          kind: small,
          e: tie('e'),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          is: fc.constant('count' as const),
          kind: small,
          e: tie('e'),
          k: fc.nat({ max: 2 }),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          is: fc.constantFrom('sum' as const, 'max' as const, 'min' as const),
          kind: small,
          of: tie('e'),
          k: fc.integer({ min: -1, max: 2 }),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          is: fc.constant('distinct' as const),
          kind: small,
          by: small,
          of: tie('e'),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          is: fc.constant('one' as const),
          kind: small,
          of: tie('e'),
          e: tie('e'),
        }),
      },
      ...(careless
        ? [
            {
              weight: 2,
              arbitrary: fc.record({
                is: fc.constant('hidden' as const),
                kind: small,
                how: small,
                k: fc.nat({ max: 2 }),
              }),
            },
          ]
        : []),
    ),
  })).e

/** What bodies, properties of states and terminal predicates are made of. */
export const expr = expression(leafExpr)

/** The same, with hidden state. */
export const carelessExpr = expression(leafExpr, true)

/** What properties of calls are made of. */
export const callExpr = expression([
  { weight: 4, arbitrary: fc.record({ is: fc.constant('changed' as const) }) },
  { weight: 4, arbitrary: fc.record({ is: fc.constant('outcome' as const), k: small }) },
  {
    weight: 8,
    arbitrary: fc.record({ is: fc.constantFrom('before' as const, 'after' as const), e: expr }),
  },
  ...leafExpr,
])

export const body: fc.Arbitrary<readonly Stmt[]> = fc.letrec<{ stmt: Stmt; some: readonly Stmt[] }>(
  (tie) => ({
    some: fc.array(tie('stmt'), { minLength: 1, maxLength: 3, size: 'max' }),
    stmt: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      {
        weight: 9,
        arbitrary: fc.record({
          do: fc.constant('send' as const),
          to: term,
          event: small,
          what: term,
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          do: fc.constant('return' as const),
          how: small,
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          do: fc.constant('fails' as const),
          how: small,
          then: tie('some'),
        }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('link' as const), a: term, b: term }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('keep' as const), what: term }) },
      {
        weight: 2,
        arbitrary: fc.record({
          do: fc.constantFrom(
            'again' as const,
            'skip' as const,
            'lock' as const,
            'unlock' as const,
          ),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          do: fc.constant('forEach' as const),
          kind: small,
          state: small,
          all: fc.boolean(),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          do: fc.constant('try' as const),
          to: term,
          event: small,
          what: term,
          refused: tie('some'),
        }),
      },
      {
        weight: 5,
        arbitrary: fc.record({
          do: fc.constant('if' as const),
          e: expr,
          yes: tie('some'),
          no: tie('some'),
        }),
      },
    ),
  }),
).some
