/** The child process of `superviseAudit`. */
import { audit } from './audit.ts';
import { serve } from './serve.ts';

serve(audit);
