#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::base
{

/// A password or token. It cannot be copied, printed or compared by accident, and wipes its bytes when it goes.
class Secret
{
public:
    Secret() = default;
    explicit Secret(std::string_view text) : m_bytes(text.begin(), text.end()) {}
    Secret(Secret&&) noexcept = default;
    Secret& operator=(Secret&& other) noexcept;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret() { wipe(); }

    bool isEmpty() const noexcept { return m_bytes.empty(); }
    /// The only way to the text; call it where the text is used, and do not keep the view.
    std::string_view reveal() const noexcept { return {m_bytes.data(), m_bytes.size()}; }
    Secret clone() const { return Secret(reveal()); }

private:
    void wipe() noexcept;
    std::vector<char> m_bytes;
};

} // namespace vegadesk::base
