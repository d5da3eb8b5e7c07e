import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import type { LambdaOptions } from './lambdaOptions.ts';

/**
 * The whole environment of a function, as Lambda composes it: defaults that the function's own variables
 * may replace, those variables, and the reserved ones. Nothing of this process's own environment but PATH.
 */
export function lambdaEnvironment(
  options: LambdaOptions,
  taskRoot: string,
  runtimeClient: string,
  runtimeApi: string,
): NodeJS.ProcessEnv {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  return {
    PATH: process.env['PATH'],
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    HOME: '/home/sbx_user1051', // there is no such folder, so the AWS SDK finds no developer's ~/.aws
    NODE_V8_COVERAGE: undefined, // spawn would pass it on by itself, if not told otherwise
    ...options.environment,
    _HANDLER: options.handler,
    LAMBDA_TASK_ROOT: taskRoot,
    LAMBDA_RUNTIME_DIR: dirname(runtimeClient),
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_REGION: options.region,
    AWS_DEFAULT_REGION: options.region,
    AWS_ACCESS_KEY_ID: 'ASIALOCALLOCALLOCAL0',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    AWS_LAMBDA_FUNCTION_NAME: options.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(options.memoryMegabytes),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${options.functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: `${day}/[$LATEST]${randomBytes(16).toString('hex')}`,
  };
}
