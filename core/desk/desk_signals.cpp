#include "desk/desk.h"
#include "desk/desk_private.h"

/// What the window asks of trained models.
namespace vegadesk::desk
{

namespace
{

constexpr base::Nanos signalsLease = std::chrono::seconds(5);

} // namespace

std::shared_ptr<const SignalsView> Desk::signalModels() const
{
    return m_d->models.view();
}

void Desk::followSignals()
{
    m_d->signalsUntil = base::SystemClock().now() + signalsLease;
    if (m_d->session())
        m_d->session()->followDays(m_d->shown);
    m_d->models.follow(m_d->signalDays());
}

SignalDays Desk::Private::signalDays() const
{
    const std::string index = RiskAnalyst::index;
    if (!session())
        return {index, nullptr};
    if (const SignalDays::Bars bars = session()->dailyBars(shown))
        return {shown, bars};
    return {index, session()->dailyBars(index)};
}

void Desk::Private::leaveSignals()
{
    if (session() && base::SystemClock().now() >= signalsUntil)
        session()->followDays({});
}

void Desk::trainDemonstration(const std::string& target)
{
    m_d->models.train(target);
}

void Desk::cancelDemonstration()
{
    m_d->models.cancelTraining();
}

} // namespace vegadesk::desk
