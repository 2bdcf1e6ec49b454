#include "ui/notice_area.h"

#include "ui/models/words.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace vegadesk::ui
{

namespace
{
constexpr int cardWidth = 400, mostCards = 4, informationMs = 6000, warningMs = 20'000;
}

NoticeArea::NoticeArea(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_layout(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("notices"));
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(Theme::unit);
    hide();
}

void NoticeArea::add(const desk::Notice& notice, const Action& action)
{
    const QString text = QString::fromStdString(notice.text);
    // The same sentence again, as after each failed reconnect, is one card that counts.
    if (const auto same = std::ranges::find(m_cards, text, &Card::text); same != m_cards.end()) {
        same->time->setText(newYorkText(notice.at, QStringLiteral("HH:mm:ss")) +
                            QStringLiteral("  ×%1").arg(++same->times));
        place(m_frame);
        return;
    }
    // The latest word on something takes the place of what is no longer true.
    if (notice.topic != desk::NoticeTopic::None) {
        const auto before = std::ranges::find(m_cards, notice.topic, &Card::topic);
        if (before != m_cards.end())
            remove(before->widget);
    }
    if (m_cards.size() >= mostCards) {
        const auto least = std::ranges::min_element(m_cards, {}, &Card::level);
        remove(least->widget);
    }

    const bool isInformation = notice.level == desk::NoticeLevel::Info;
    const bool isError = notice.level == desk::NoticeLevel::Error;
    auto* const card = new QFrame(this);
    card->setProperty("kind", QStringLiteral("card"));
    card->setFixedWidth(cardWidth);
    auto* const row = new QHBoxLayout(card);
    row->setContentsMargins(12, 8, 6, 8);
    row->setSpacing(Theme::unit);
    auto* const mark = new QLabel(isInformation ? QStringLiteral("●")
                                  : isError     ? QStringLiteral("■")
                                                : QStringLiteral("▲"));
    mark->setProperty("tone", isInformation ? QStringLiteral("accent")
                              : isError     ? QStringLiteral("loss")
                                            : QStringLiteral("warning"));
    auto* const words = new QLabel(text);
    words->setTextFormat(Qt::PlainText);
    words->setWordWrap(true);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* const time = new QLabel(newYorkText(notice.at, QStringLiteral("HH:mm:ss")));
    time->setProperty("tone", QStringLiteral("faint"));
    auto* const close = new QToolButton;
    close->setText(QStringLiteral("×"));
    close->setProperty("kind", QStringLiteral("flat"));
    close->setAccessibleName(tr("Dismiss this notice"));
    close->setFocusPolicy(Qt::NoFocus);
    row->addWidget(mark, 0, Qt::AlignTop);
    row->addWidget(words, 1);
    if (!action.words.isEmpty()) {
        auto* const button = new QToolButton;
        button->setObjectName(QStringLiteral("notice_action"));
        button->setText(action.words);
        button->setProperty("kind", QStringLiteral("flat"));
        button->setFocusPolicy(Qt::NoFocus);
        row->addWidget(button, 0, Qt::AlignTop);
        connect(button, &QToolButton::clicked, card, [this, card, run = action.run] {
            run();
            remove(card);
        });
    }
    row->addWidget(time, 0, Qt::AlignTop);
    row->addWidget(close, 0, Qt::AlignTop);
    connect(close, &QToolButton::clicked, card, [this, card] { remove(card); });
    if (!isError)
        QTimer::singleShot(isInformation ? informationMs : warningMs, card, [this, card] { remove(card); });

    m_layout->addWidget(card);
    card->show();
    m_cards.push_back({card, time, notice.level, notice.topic, text});
    place(m_frame);
    show();
    raise();
}

void NoticeArea::remove(QWidget* widget)
{
    std::erase_if(m_cards, [widget](const Card& card) { return card.widget == widget; });
    m_layout->removeWidget(widget);
    widget->hide();
    widget->deleteLater();
    if (m_cards.empty())
        hide();
    else
        place(m_frame);
}

void NoticeArea::clear()
{
    while (!m_cards.empty())
        remove(m_cards.back().widget);
}

void NoticeArea::place(const QRect& frame)
{
    m_frame = frame;
    m_layout->activate();
    // Wrapped text is taller than its hint says: ask for the height at the width the cards have.
    int height = 0;
    for (const Card& card : m_cards)
        height += card.widget->heightForWidth(cardWidth) + (height > 0 ? Theme::unit : 0);
    setGeometry(frame.right() - cardWidth - Theme::unit, frame.bottom() - height - Theme::unit, cardWidth, height);
}

} // namespace vegadesk::ui
