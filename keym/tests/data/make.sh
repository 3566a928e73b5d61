#!/usr/bin/env bash
# Makes the certificates, CRLs, OCSP messages and containers beside it, with the program `openssl` (3.0): keym/tests/data/make.sh
# Keys are new each time and kept nowhere; the tests depend on no byte of them.
set -euo pipefail
cd "$(dirname "$0")"
out=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

mkdir new
cat >ca.cnf <<'CNF'
[ca]
default_ca = main
[main]
database = index.txt
new_certs_dir = new
serial = serial
crlnumber = crlnumber
default_md = sha256
default_days = 30
default_crl_days = 30
policy = any
email_in_dn = no
unique_subject = no
[any]
CN = optional
C = optional
O = optional
OU = optional
DC = optional
serialNumber = optional
[req]
distinguished_name = none
[none]

[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
extendedKeyUsage = OCSPSigning
certificatePolicies = 1.3.6.1.4.1.41525.1.2.1.0
subjectKeyIdentifier = DER:04:08:41:02:03:04:05:06:07:08
[sub1]
basicConstraints = critical, CA:TRUE, pathlen:1
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
authorityInfoAccess = OCSP;URI:http://ocsp.example/sub
[secc]
keyUsage = critical, digitalSignature, keyAgreement
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
authorityInfoAccess = OCSP;URI:http://ocsp.example/secc
subjectAltName = DNS:secc.example
[contract]
basicConstraints = critical, DER:30:03:01:01:00
keyUsage = critical, digitalSignature, nonRepudiation, keyEncipherment, keyAgreement
subjectKeyIdentifier = DER:04:08:41:02:03:04:05:06:07:08
[secc20]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, keyAgreement
extendedKeyUsage = critical, serverAuth, clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
authorityInfoAccess = OCSP;URI:http://ocsp.example/20, caIssuers;URI:http://ca.example/20
crlDistributionPoints = URI:http://crl.example/20
[ocsp]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, OCSPSigning
noCheck = ignored
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[everything]
basicConstraints = CA:TRUE, pathlen:3
keyUsage = digitalSignature, nonRepudiation, keyEncipherment, dataEncipherment, keyAgreement, keyCertSign, cRLSign, encipherOnly, decipherOnly
extendedKeyUsage = serverAuth, 1.3.6.1.4.1.41525.7
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always, issuer:always
authorityInfoAccess = OCSP;URI:http://ocsp.example/1, OCSP;URI:http://ocsp.example/2, caIssuers;dirName:somebody
subjectInfoAccess = 1.3.6.1.5.5.7.48.5;URI:http://repository.example
crlDistributionPoints = point1, point2
certificatePolicies = 1.2.3.4, @policy
subjectAltName = DNS:a.example, email:a@example, URI:urn:nfc:sn:1, IP:192.0.2.1, IP:2001:db8::1, RID:1.2.3.4, dirName:somebody, otherName:1.2.3.5;UTF8:other
nameConstraints = critical, permitted;DNS:.example
inhibitAnyPolicy = critical, 0
1.2.3.4.5 = DER:05:00
[point1]
fullname = URI:http://crl.example/1, URI:ldap://crl.example/2
[point2]
fullname = URI:http://crl.example/3
CRLissuer = dirName:somebody
reasons = keyCompromise, CACompromise
[policy]
policyIdentifier = 1.2.3.5
CPS.1 = http://cps.example
[somebody]
C = DE
CN = Somebody
[crl]
authorityKeyIdentifier = keyid
[crl_partial]
authorityKeyIdentifier = keyid
issuingDistributionPoint = critical, @idp_partial
[idp_partial]
fullname = URI:http://crl.example/1
onlysomereasons = keyCompromise
[crl_indirect]
issuingDistributionPoint = critical, @idp_indirect
[idp_indirect]
indirectCRL = TRUE
[crl_point]
issuingDistributionPoint = critical, @idp_point
[idp_point]
fullname = URI:http://crl.example/1
onlyuser = TRUE
[crl_delta]
2.5.29.27 = critical, DER:02:01:01
CNF
: >index.txt
echo 01 >serial
echo 1000 >crlnumber

ec() { openssl ecparam -genkey -noout -name "$2" -out "$1.key"; }
other() { openssl genpkey -algorithm "$2" -out "$1.key"; }
# issue NAME ISSUER SECTION SUBJECT SERIAL DIGEST FROM TO [arguments of ca]
issue() {
    local name=$1 issuer=$2 section=$3 subject=$4 number=$5 digest=$6 from=$7 to=$8
    shift 8
    openssl req -new -config ca.cnf -key "$name.key" -subj "$subject" -utf8 -out "$name.csr"
    echo "$number" >serial
    : >index.txt
    local signer=(-cert "$issuer.pem")
    [ "$issuer" = "$name" ] && signer=(-selfsign)
    openssl ca -batch -notext -preserveDN -config ca.cnf -keyfile "$issuer.key" "${signer[@]}" -in "$name.csr" -extensions "$section" -md "$digest" \
        -startdate "$from" -enddate "$to" -out "$name.pem" "$@" 2>log || { cat log >&2; return 1; }
    openssl x509 -in "$name.pem" -outform DER -out "$out/$name.der"
}

# ISO 15118-2
for key in root sub1 sub2 secc contract ocsp; do ec $key prime256v1; done
issue root root root "/C=DE/O=Test GmbH/DC=V2G/CN=V2G Root" 00E3B0C44298FC1C149AFBF4C8996FB924 sha256 20200101000000Z 20600101000000Z
issue sub1 root sub1 "/CN=CPO Sub1/O=Test GmbH/C=DE" 02 sha256 20240101000000Z 20280101000000Z
issue sub2 sub1 sub1 "/CN=CPO Sub2/O=Test GmbH/C=DE" 03 sha256 20240101000000Z 20280101000000Z
issue secc sub2 secc "/C=DE/O=Test GmbH/CN=DE*ABC*E123456/DC=CPO" 04 sha256 20240101000000Z 20271231235959Z
issue contract sub2 contract "/O=Test GmbH/CN=DEABC123456789" 0A0B sha256 20240101000000Z 20251231235959Z
issue ocsp sub2 ocsp "/C=DE/O=Test GmbH/CN=Responder" 05 sha256 20240101000000Z 20280101000000Z

# ISO 15118-20, and other keys
ec p521 secp521r1
ec secc20 secp521r1
issue p521 p521 root "/C=DE/O=Test GmbH/DC=V2G/CN=V2G Root 20" 01 sha512 20200101000000Z 20600101000000Z
issue secc20 p521 secc20 "/C=DE/O=Test GmbH/CN=DEICES00003C4D557878675645330967543476/DC=CSO" 02 sha512 20240101000000Z 20271231235959Z
ec p384 secp384r1
issue p384 p384 root "/CN=P-384" 01 sha384 20240101000000Z 20280101000000Z
other ed25519 ed25519
issue ed25519 ed25519 root "/CN=Ed25519" 01 default 20240101000000Z 20280101000000Z
other ed448 ed448
issue ed448 ed448 root "/CN=Ed448" 01 default 20240101000000Z 20280101000000Z
openssl genrsa -out rsa.key 2048
issue rsa rsa root "/CN=RSA" 01 sha256 20240101000000Z 20280101000000Z
ec sha1 prime256v1
issue sha1 sha1 root "/CN=SHA-1" 01 sha1 20240101000000Z 20280101000000Z
ec everything prime256v1
issue everything sub2 everything "/DC=example/DC=test/C=DE/O=Grün  & Söhne/OU=Unit+CN=All+serialNumber=7" 7F sha256 20240101000000Z 20510101000000Z -multivalue-rdn
openssl req -new -x509 -config ca.cnf -key root.key -subj "/CN=v1" -sha256 -days 3650 -set_serial -5 -out v1.pem
openssl x509 -in v1.pem -outform DER -out "$out/negative.der"
openssl req -new -config ca.cnf -key root.key -subj "/CN=v1" -out v1.csr
openssl x509 -req -in v1.csr -signkey root.key -sha256 -days 3650 -set_serial 9 -outform DER -out "$out/v1.der" 2>/dev/null
# Keys that cannot sign: X25519, X448, a compressed point, explicit curve parameters.
for key in x25519 x448; do
    other $key $key
    openssl pkey -in $key.key -pubout -out $key.pub
done
openssl ec -in secc.key -pubout -conv_form compressed -out compressed.pub 2>/dev/null
openssl ecparam -genkey -noout -name prime256v1 -param_enc explicit -out explicit.key
openssl ec -in explicit.key -pubout -param_enc explicit -out explicit.pub 2>/dev/null
for key in x25519 x448 compressed explicit; do
    openssl x509 -req -in v1.csr -CA root.pem -CAkey root.key -force_pubkey $key.pub -sha256 -days 3650 -set_serial 9 -outform DER -out "$out/$key.der" 2>/dev/null
done

# CRLs of sub2
crl() { openssl ca -gencrl -config ca.cnf -keyfile sub2.key -cert sub2.pem "${@:2}" 2>log | openssl crl -outform DER -out "$out/$1.crl"; }
dates=(-crl_lastupdate 20240301000000Z -crl_nextupdate 20240401000000Z)
: >index.txt
crl empty -crlexts crl "${dates[@]}"
openssl crl -inform DER -in "$out/empty.crl" -out empty.pem
# status, expiry, revoked at[,reason[,more]], serial
{
    printf 'R\t280101000000Z\t240215120000Z\t03\tunknown\t/CN=a\n'
    printf 'R\t280101000000Z\t240216120000Z,keyCompromise\t04\tunknown\t/CN=b\n'
    printf 'R\t280101000000Z\t240217120000Z,keyTime,20240210000000Z\t0A0B\tunknown\t/CN=c\n'
    printf 'R\t280101000000Z\t240218120000Z,certificateHold\t00E3B0C44298FC1C149AFBF4C8996FB924\tunknown\t/CN=d\n'
} >index.txt
crl revoked -crlexts crl "${dates[@]}"
crl partial -crlexts crl_partial "${dates[@]}"
crl indirect -crlexts crl_indirect "${dates[@]}"
crl point -crlexts crl_point "${dates[@]}"
crl delta -crlexts crl_delta "${dates[@]}"
cp ca.cnf v1.cnf
rm crlnumber
sed -i '/^crlnumber/d' v1.cnf
: >index.txt
openssl ca -gencrl -config v1.cnf -keyfile sub2.key -cert sub2.pem "${dates[@]}" 2>/dev/null | openssl crl -outform DER -out "$out/v1.crl"

# OCSP, sub2 as issuer: good 04, revoked 0A0B, unknown 7F
{
    printf 'V\t280101000000Z\t\t04\tunknown\t/CN=secc\n'
    printf 'R\t280101000000Z\t240217120000Z,keyCompromise\t0A0B\tunknown\t/CN=contract\n'
} >index.txt
ask() { openssl ocsp -issuer sub2.pem "${@:2}" -reqout "$out/$1.ocspreq" >/dev/null; }
answer() { openssl ocsp -index index.txt -CA sub2.pem -rsigner "$3.pem" -rkey "$3.key" -reqin "$out/$2.ocspreq" -respout "$out/$1.ocspresp" "${@:4}" >/dev/null; }
ask sha1 -no_nonce -cert secc.pem
ask sha256_nonce -sha256 -cert secc.pem
ask three -no_nonce -sha256 -cert secc.pem -cert contract.pem -cert everything.pem
answer sha1 sha1 ocsp -ndays 7
answer sha256_nonce sha256_nonce ocsp -resp_key_id -ndays 7
answer three three sub2 -resp_no_certs
printf '\x30\x03\x0a\x01\x03' >"$out/try_later.ocspresp"

# PKCS#7
openssl crl2pkcs7 -nocrl -certfile <(cat sub2.pem sub1.pem root.pem) -outform DER -out "$out/cacerts.p7b"
openssl crl2pkcs7 -nocrl -certfile secc.pem -outform DER -out "$out/enrol.p7b"
openssl crl2pkcs7 -in empty.pem -certfile secc.pem -outform DER -out "$out/with_crl.p7b"
printf 'data' | openssl smime -sign -signer secc.pem -inkey secc.key -outform DER -nodetach -out "$out/signed.p7b"

# PKCS#10
cat >csr.cnf <<'CNF'
[req]
prompt = no
distinguished_name = name
req_extensions = extensions
attributes = attributes
[name]
C = DE
O = Test GmbH
CN = DE*ABC*E123456
DC = CPO
[attributes]
challengePassword = secret
[extensions]
keyUsage = critical, digitalSignature, keyAgreement
subjectAltName = DNS:secc.example, URI:urn:nfc:sn:1
CNF
openssl req -new -config csr.cnf -key secc.key -outform DER -out "$out/secc.csr"
sed 's/^attributes =.*//; s/^subjectAltName.*/extendedKeyUsage = serverAuth, clientAuth\n&, otherName:1.2.3.5;UTF8:other/' csr.cnf >role.cnf
openssl req -new -config role.cnf -key secc20.key -sha512 -outform DER -out "$out/role.csr"
openssl req -new -config ca.cnf -key ed448.key -subj "/CN=plain" -outform DER -out "$out/plain.csr"
