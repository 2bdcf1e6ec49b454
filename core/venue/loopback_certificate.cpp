#include "venue/loopback_certificate.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <array>
#include <chrono>
#include <ctime>
#include <memory>
#include <utility>

namespace vegadesk::venue
{

namespace
{

template<auto Free>
struct Freed {
    template<class T>
    void operator()(T* object) const
    {
        Free(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO_free_all>>;

constexpr std::array<std::pair<int, const char*>, 5> extensions{{
    {NID_basic_constraints, "critical,CA:FALSE"},
    {NID_key_usage, "critical,digitalSignature"},
    {NID_ext_key_usage, "serverAuth"},
    {NID_subject_key_identifier, "hash"},
    {NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1"},
}};

bool setLife(X509* certificate, base::Instant now)
{
    const std::time_t seconds = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
    constexpr std::time_t day = 86'400;
    return ASN1_TIME_set(X509_getm_notBefore(certificate), seconds - day) != nullptr &&
           ASN1_TIME_set(X509_getm_notAfter(certificate), seconds + 365 * day) != nullptr;
}

/// Browsers and SDKs tell certificates of one name apart by their numbers.
bool setNumber(X509* certificate)
{
    std::array<unsigned char, 8> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        return false;
    std::uint64_t number = 0;
    for (const unsigned char byte : bytes)
        number = number << 8U | byte;
    return ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), number >> 1U) == 1;
}

bool setName(X509* certificate)
{
    X509_NAME* const name = X509_get_subject_name(certificate);
    const auto add = [name](const char* field, const char* text) {
        return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(text), -1,
                                          -1, 0) == 1;
    };
    return add("O", "Vegadesk simulated exchange") && add("CN", "localhost") &&
           X509_set_issuer_name(certificate, name) == 1;
}

bool addExtensions(X509* certificate)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    for (const auto& [kind, text] : extensions) {
        const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, kind, text));
        if (!extension || X509_add_ext(certificate, extension.get(), -1) != 1)
            return false;
    }
    return true;
}

QByteArray contents(BIO* memory)
{
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(memory, &bytes);
    return {bytes, static_cast<qsizetype>(size)};
}

} // namespace

base::Result<LoopbackCertificate> makeLoopbackCertificate(base::Instant now)
{
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    const Memory certificateText(BIO_new(BIO_s_mem())), keyText(BIO_new(BIO_s_mem()));
    constexpr long version3 = 2;
    const bool isMade = key && certificate && certificateText && keyText &&
                        X509_set_version(certificate.get(), version3) == 1 && setNumber(certificate.get()) &&
                        setLife(certificate.get(), now) && setName(certificate.get()) &&
                        X509_set_pubkey(certificate.get(), key.get()) == 1 && addExtensions(certificate.get()) &&
                        X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0 &&
                        PEM_write_bio_X509(certificateText.get(), certificate.get()) == 1 &&
                        PEM_write_bio_PrivateKey(keyText.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1;
    if (!isMade)
        return base::fail(base::ErrorKind::Internal, "certificate", {}, "it could not be made",
                          ERR_error_string(ERR_get_error(), nullptr));
    return LoopbackCertificate{contents(certificateText.get()), contents(keyText.get())};
}

} // namespace vegadesk::venue
