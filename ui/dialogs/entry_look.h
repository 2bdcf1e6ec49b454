#pragma once

#include "desk/desk.h"

#include <QWidget>

#include <functional>

class QLabel;
class QTimer;

namespace vegadesk::ui
{

/// What a strategy would open now if it were armed, looked at anew while it is shown.
class EntryLook : public QWidget
{
    Q_OBJECT

public:
    EntryLook(desk::Desk& desk, std::function<desk::StrategyRequest()> request, QWidget* parent = nullptr);

    /// The request is another one: what was said of the last one is taken away.
    void askAnew();
    void draw(const desk::EntryLookView& view);

private:
    void follow();
    void say(const QString& words, const char* tone, const QString& details = {}, const QString& warning = {});

    desk::Desk& m_desk;
    const std::function<desk::StrategyRequest()> m_request;
    QTimer* m_timer;
    int m_untilAsked = 0;     ///< turns of the timer
    std::uint64_t m_from = 0; ///< the first question about this request; 0: none was asked yet
    QLabel *m_words, *m_details, *m_warning;
};

} // namespace vegadesk::ui
