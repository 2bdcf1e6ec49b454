#pragma once

#include "base/time.h"
#include "tastytrade/wire/dxlink.h"
#include "venue/credentials.h"
#include "venue/faults.h"
#include "venue/feed_streams.h"
#include "venue/market_model.h"
#include "venue/other_events.h"

#include <QByteArray>

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace vegadesk::venue
{

/// One dxLink client, without its socket: the handshake, its channels, and what is due to it.
///
/// Source  the protocol reference, 9. Quirks kept: UNAUTHORIZED comes first and AUTHORIZED once, whatever the client sent
///         early; messages before authorisation wait; FEED_CONFIG answers FEED_SETUP at once and names a type's fields
///         before its first data; one event type a FEED_DATA; unknown symbols are passed over in silence.
class FeedSession
{
public:
    using Send = std::function<void(const QByteArray& frame)>;
    using Now = std::function<base::Instant()>;

    static constexpr std::size_t mostSubscriptions = 25'000;
    /// Messages before authorisation, and their bytes; more are refused, or any process could fill the memory.
    static constexpr std::size_t mostWaiting = 100, mostWaitingBytes = 256 << 10;

    /// `now` is the venue's clock.
    FeedSession(const Credentials& credentials, MarketModel& market, Now now, Send send);
    /// What is wrong with its quotes and messages from now on; null: nothing. They must outlive this.
    void setFaults(const Faults* faults) { m_faults = faults; }

    void receive(const QByteArray& frame);
    void sendKeepalive();
    /// Sends news of up to `options` options, in turn over what is subscribed: their quotes, and from time to time the
    /// rest. Underlyings come every `underlyingEvery`th call. Nothing is sent twice in one call.
    void stream(std::size_t options);
    static constexpr std::uint32_t underlyingEvery = 5;
    /// Options something is subscribed of.
    std::size_t optionCount() const;
    std::uint64_t eventCount() const { return m_eventCount; }

private:
    struct CandleStream {
        std::string symbol; ///< as the client wrote it
        market::Instrument instrument;
        std::chrono::seconds period{};
        base::Instant current{};
        std::uint32_t visits = 0;
    };
    /// Of OtherEvents.
    struct OtherStream {
        std::string type, symbol; ///< as the client wrote it
        market::Instrument instrument;
        base::Instant nextAt{};
        double lastVolume = market::unknown;
    };
    struct Channel {
        bool hasFormat = false;
        tastytrade::wire::dxlink::DataFormat format = tastytrade::wire::dxlink::DataFormat::Full;
        double aggregationPeriod = 0.1;
        tastytrade::wire::EventLayouts layouts;
        std::array<bool, tastytrade::wire::eventTypeCount> isAnnounced{};
        FeedStreams underlyings, options;
        std::vector<CandleStream> candles;
        std::vector<OtherStream> others;
        std::map<std::string, std::vector<std::string>, std::less<>>
            otherFields; ///< by type, as the client asked for them
        std::set<std::string, std::less<>> otherAnnounced;
        std::size_t next = 0; ///< of `options`, the first of the next turn

        FeedStreams& streamsOf(const market::Instrument& instrument)
        {
            return instrument.isOption() ? options : underlyings;
        }
    };
    using Batch = std::array<std::vector<tastytrade::wire::Event>, tastytrade::wire::eventTypeCount>;

    void handle(const tastytrade::wire::dxlink::Message& message);
    void onSetup(const tastytrade::wire::dxlink::Setup& setup);
    void onAuth(const tastytrade::wire::dxlink::Auth& auth);
    void onChannelRequest(const tastytrade::wire::dxlink::ChannelRequest& request);
    void onFeedSetup(const tastytrade::wire::dxlink::FeedSetup& setup);
    void onSubscription(const tastytrade::wire::dxlink::FeedSubscription& change);
    void add(Channel& channel, const tastytrade::wire::dxlink::Subscription& item, Batch& first);
    void remove(Channel& channel, const tastytrade::wire::dxlink::Subscription& item);
    void append(FeedStream& stream, tastytrade::wire::EventType type, base::Instant at, Batch& batch);
    void appendQuote(FeedStream& stream, base::Instant at, Batch& batch);
    void visit(FeedStream& stream, base::Instant at, Batch& batch);
    void flush(int number, Channel& channel, Batch& batch);
    // feed_candles.cpp
    void addCandles(int number, Channel& channel, const tastytrade::wire::dxlink::Subscription& item);
    void growCandle(int number, Channel& channel, CandleStream& candle, base::Instant at);
    // feed_others.cpp
    void readOtherFields(const QByteArray& frame, int number);
    void addOther(int number, Channel& channel, const tastytrade::wire::dxlink::Subscription& item);
    void streamOthers(int number, Channel& channel, base::Instant at);
    void sendOther(int number, Channel& channel, OtherStream& stream, base::Instant at);

    void protocolError(int channel, std::string error, std::string message);
    std::size_t subscriptionCount() const;

    const Credentials& m_credentials;
    MarketModel& m_market;
    OtherEvents m_others;
    Now m_now;
    Send m_send;
    bool m_isSetUp = false, m_isAuthorized = false;
    std::vector<tastytrade::wire::dxlink::Message> m_waiting; // sent before authorisation
    std::size_t m_waitingBytes = 0;                           ///< that came before authorisation
    std::map<int, Channel> m_channels;
    std::uint32_t m_calls = 0; // of stream()
    std::uint64_t m_eventCount = 0;
    const Faults* m_faults = nullptr;
    std::uint64_t m_quoteCount = 0;
};

/// Seconds of a candle period such as "5m", "d" or "2h"; none for what has no length (ticks, volume, months).
std::optional<std::chrono::seconds> candlePeriod(std::string_view text);

} // namespace vegadesk::venue
