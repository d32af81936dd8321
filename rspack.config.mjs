import { existsSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(fileURLToPath(import.meta.url));

/** Every program of the repository: `{ 'apps/users/main': '<root>/apps/users/src/main.ts', ... }`. */
export function entries() {
  const found = {};
  for (const kind of ['apps', 'examples']) {
    for (const name of foldersOf(kind)) {
      for (const program of ['main', 'cli', 'migrate']) {
        const source = path.join(root, kind, name, 'src', `${program}.ts`);
        if (existsSync(source)) found[`${kind}/${name}/${program}`] = source;
      }
    }
  }
  const library = path.join(root, 'libs/auth-events/src/index.ts');
  if (existsSync(library)) found['libs/auth-events/index'] = library;
  return found;
}

function foldersOf(kind) {
  const folder = path.join(root, kind);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

/** What stays an import in the bundle: Node's own modules and everything that npm installed. */
function external({ request }, callback) {
  const ours = request.startsWith('.') || request.startsWith('@usher/') || path.isAbsolute(request);
  if (ours && !isBuiltin(request)) return callback();
  callback(null, `module-import ${request}`);
}

/**
 * One configuration for `npm run build` (all programs in one run) and for `nest build` (which passes its defaults and
 * wants one program). Nest's own externals plugin is replaced, because it knows nothing of the path aliases.
 */
export default function configuration(nestDefaults = {}) {
  return {
    context: root,
    mode: 'none',
    target: 'node20',
    entry: nestDefaults.entry ? nestEntry(nestDefaults.entry) : entries(),
    devtool: 'source-map',
    output: {
      path: path.join(root, 'dist'),
      filename: '[name].js',
      chunkFilename: 'chunks/[name].js',
      module: true,
      library: { type: 'module' },
      chunkFormat: 'module',
      chunkLoading: 'import',
      publicPath: 'auto',
    },
    externalsPresets: { node: false },
    externals: [external],
    resolve: {
      extensions: ['.ts', '.js'],
      extensionAlias: { '.js': ['.ts', '.js'] },
      tsConfig: path.join(root, 'tsconfig.json'),
    },
    module: {
      parser: { javascript: { importMeta: false, exportsPresence: 'error' } },
      rules: [
        {
          test: /\.ts$/,
          type: 'javascript/esm',
          loader: 'builtin:swc-loader',
          options: {
            jsc: {
              target: 'es2022',
              keepClassNames: true,
              parser: { syntax: 'typescript', decorators: true },
              transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
            },
          },
        },
      ],
    },
    optimization: { nodeEnv: false, chunkIds: 'named', moduleIds: 'named' },
    node: { __filename: false, __dirname: false },
    plugins: [],
  };
}

function nestEntry(source) {
  const [kind, name] = path.relative(root, path.resolve(source)).split(path.sep);
  return { [`${kind}/${name}/${path.basename(source, '.ts')}`]: path.resolve(source) };
}
