export { freePort } from '@usher/runtime/local/free-port';
