/**
 * TypeDoc plugin: the type of a machine is printed as `StateMachine`. Its sixteen type arguments
 * spell out the whole machine, which the lifecycle pages show better.
 */
import { Converter, ReferenceType, ReflectionKind } from 'typedoc'

/** What types of machines are called. */
const machines = ['StateMachine', 'ObjectMachine']

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const reflection of project.getReflectionsByKind(ReflectionKind.All)) {
      const { type } = reflection
      if (!(type instanceof ReferenceType) || !machines.includes(type.name)) continue
      for (const argument of type.typeArguments ?? []) project.removeTypeReflections(argument)
      type.typeArguments = undefined
    }
  })
}
