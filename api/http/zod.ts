/** zod with `.openapi()`, so that one schema validates and documents, and with user-facing messages for schemas without their own. */
import { extendZodWithOpenApi } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { fieldMessage } from './field-messages.ts';

extendZodWithOpenApi(z);
z.config({ customError: fieldMessage });

export { z };
