# The program as one static file, with the certificates that servers are checked against:
#   docker build --tag orchspec . && docker run --rm orchspec run
FROM rust:1.95-alpine AS build
RUN apk add --no-cache musl-dev ca-certificates
WORKDIR /source
COPY . .
RUN cargo build --locked --profile dist --bin orchspec

FROM scratch
COPY --from=build /source/target/dist/orchspec /usr/local/bin/orchspec
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
# Target files are read and reports are written here: mount a folder.
WORKDIR /work
USER 65534:65534
ENTRYPOINT ["/usr/local/bin/orchspec"]
