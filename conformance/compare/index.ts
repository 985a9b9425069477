/** Generated sequences, run on a real kernel and compared with the model. */
export { buildImage } from '../kernel/build-image.ts'
export { confirmedText } from '../recorded/confirmed.ts'
export { AnswerRecorder } from '../recorded/recorder.ts'
export { writeRecorded } from '../recorded/answers.ts'
export { conform, type Conformance, type ConformOptions } from './conform.ts'
export { coverageOf, type Coverage, type Share } from './report.ts'
export { differenceText } from './text.ts'
