/** zod with `.openapi()`, so that the same schema checks a request and describes it, and with words for people where a schema has none of its own. */
import { extendZodWithOpenApi } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { fieldMessage } from './field-messages.ts';

extendZodWithOpenApi(z);
z.config({ customError: fieldMessage });

export { z };
