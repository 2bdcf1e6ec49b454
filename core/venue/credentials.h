#pragma once

#include "base/clock.h"

#include <map>
#include <string>
#include <string_view>

namespace vegadesk::venue
{

/// Who may talk to the venue: whoever was told this run's token. It stands for the client secret and the refresh token.
class Credentials
{
public:
    /// `runToken` empty: a random one. `clock` is the wall's, not the venue's: tokens live in real time.
    Credentials(std::string runToken, std::chrono::seconds accessTokenLife, const base::Clock& clock);

    const std::string& runToken() const { return m_runToken; }
    const std::string& quoteToken() const { return m_quoteToken; }
    std::chrono::seconds accessTokenLife() const { return m_life; }

    bool isRunToken(std::string_view text) const;
    std::string issueAccessToken();
    /// `authorization` is the header's or the streamer's text: "Bearer …".
    bool isValid(std::string_view authorization) const;
    /// Every access token given out so far stops working.
    void revokeAll() { m_expiresAt.clear(); }

private:
    const base::Clock& m_clock;
    std::chrono::seconds m_life;
    std::string m_runToken, m_quoteToken;
    std::map<std::string, base::Instant, std::less<>> m_expiresAt;
};

} // namespace vegadesk::venue
