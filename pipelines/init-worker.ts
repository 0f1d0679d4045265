/** The child process of `superviseInit`. */
import { init } from './init/init.ts';
import { serve } from './serve.ts';

serve(init);
