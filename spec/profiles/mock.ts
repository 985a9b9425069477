import { mock as driver } from '../drivers/mock.ts'
import type { Profile } from './profile.ts'

/** The mock driver; its devices are made by test calls and do not keep the file open. */
export const mock: Profile = {
  name: 'mock',
  driver,
  devices: 'mock',
  streamTable: false,
  bypass: false,
}
