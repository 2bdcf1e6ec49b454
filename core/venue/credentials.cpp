#include "venue/credentials.h"

#include <QRandomGenerator>

#include <array>

namespace vegadesk::venue
{

namespace
{

/// 192 bits from the system, in hexadecimal. Not seeded: a secret that a seed reproduces is none.
std::string randomToken()
{
    std::array<quint32, 6> words{};
    QRandomGenerator::system()->fillRange(words.data(), static_cast<qsizetype>(words.size()));
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const quint32 word : words) {
        for (int shift = 28; shift >= 0; shift -= 4)
            text += digits[(word >> shift) & 0xFU];
    }
    return text;
}

/// Takes the same time wherever the first difference is.
bool isSame(std::string_view a, std::string_view b)
{
    if (a.size() != b.size())
        return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
    return difference == 0;
}

} // namespace

Credentials::Credentials(std::string runToken, std::chrono::seconds accessTokenLife, const base::Clock& clock)
    : m_clock(clock), m_life(accessTokenLife), m_runToken(runToken.empty() ? randomToken() : std::move(runToken)),
      m_quoteToken(randomToken())
{
}

bool Credentials::isRunToken(std::string_view text) const
{
    return isSame(text, m_runToken);
}

std::string Credentials::issueAccessToken()
{
    std::erase_if(m_expiresAt, [&](const auto& entry) { return entry.second < m_clock.now(); });
    std::string token = randomToken();
    m_expiresAt.emplace(token, m_clock.now() + m_life);
    return token;
}

bool Credentials::isValid(std::string_view authorization) const
{
    constexpr std::string_view prefix = "Bearer ";
    if (!authorization.starts_with(prefix))
        return false;
    const auto found = m_expiresAt.find(authorization.substr(prefix.size()));
    return found != m_expiresAt.end() && m_clock.now() < found->second;
}

} // namespace vegadesk::venue
