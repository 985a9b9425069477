/** A question that the specification decides in one place. The first answer is the kernel's. */
export interface Rule<V extends boolean | string> {
  /** The rule in words, as it stands where the first answer is given. */
  readonly says: string
  /** What it can be answered with; the kernel's answer comes first. */
  readonly answers: readonly [V, ...V[]]
}

/** A rule that is kept or not. */
const rule = (says: string): Rule<boolean> => ({ says, answers: [true, false] })
/** A rule that could be another; the kernel's comes first. */
const choice = <V extends string>(says: string, answers: readonly [V, ...V[]]): Rule<V> => ({
  says,
  answers,
})

/**
 * The rules by which the specification decides and that others could take the place of. Each is
 * looked up as `sys.rule.…` where the kernel decides. It is fixed when a system is made, so it is
 * no state, and a call that looks at it has not looked at the system.
 */
export const rules = {
  oneVdevicePerDevice: rule('a device has one VDEVICE'),
  oneDevicePerVirtualId: rule('a vIOMMU knows one device by a virtual id'),
  noVdeviceWhileUnbinding: rule('a device that is being unbound gets no VDEVICE'),
  nestedNeedsVdevice: rule(
    'a group is attached to a nested HWPT that translates only if the vIOMMU knows its devices',
  ),
  nestedPinsViommu: rule('a nested HWPT holds the vIOMMU that it was made through'),
  secondAttach: choice('an attach of an attached device', ['moves it', 'is EBUSY']),
  idOfUnboundVdevice: choice('when its device goes, the id of a VDEVICE', [
    'is a tombstone',
    'is free',
  ]),
}

/** An answer to each rule. */
export type Rules = {
  readonly [N in keyof typeof rules]: (typeof rules)[N] extends Rule<infer V> ? V : never
}

/** The rules of the kernel as merged. */
export const asMerged = Object.freeze(
  Object.fromEntries(Object.entries(rules).map(([name, { answers }]) => [name, answers[0]])),
) as Rules
