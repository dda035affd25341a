/** The simulated carrier as a program, as `./careloop start` runs it. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { scenarioNamed, scenarioNames, scenarioSchema } from './scenario.ts';
import { startSimulator } from './server.ts';

const isName = z.enum(scenarioNames);

const settings = z
  .object({
    CARELOOP_SIMULATOR_PORT: z.coerce.number().int().min(0).max(65_535).default(8082),
    /** A name, or the path of a JSON file. */
    CARELOOP_SIMULATOR_SCENARIO: z
      .string()
      .default('calm')
      .transform((given) => {
        const name = isName.safeParse(given);
        return name.success ? scenarioNamed(name.data) : scenarioSchema.parse(JSON.parse(readFileSync(given, 'utf8')));
      }),
    CARELOOP_SIMULATOR_CALLBACKS: z.url().optional(),
    CARELOOP_SIMULATOR_FILE: z.string().optional(),
  })
  .parse(Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== '')));

const { CARELOOP_SIMULATOR_CALLBACKS: callbacks, CARELOOP_SIMULATOR_FILE: file } = settings;
const simulator = await startSimulator({
  port: settings.CARELOOP_SIMULATOR_PORT,
  scenario: settings.CARELOOP_SIMULATOR_SCENARIO,
  ...(callbacks !== undefined && { callbacks }),
  ...(file !== undefined && { file }),
});
console.log(`The simulated carrier listens at ${simulator.url}`);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void simulator.close());
