/** Generated sequences, run on a real kernel and compared with the model. */
export { buildImage } from '../kernel/build-image.ts'
export { confirmedText } from '../recorded/confirmed.ts'
export { AnswerRecorder } from '../recorded/recorder.ts'
export { writeRecorded } from '../recorded/answers.ts'
export { conform } from './conform.ts'
export { coverageOf } from './report.ts'
