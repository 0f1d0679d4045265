/** The child process of `superviseCheck`. */
import { check } from './check/check.ts';
import { serve } from './serve.ts';

serve(check);
