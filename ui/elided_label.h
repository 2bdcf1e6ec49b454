#pragma once

#include <QLabel>

namespace vegadesk::ui
{

/// A line of words that is cut with an ellipsis where there is no room for it, and then says all of it in its tooltip. It never
/// asks for room of its own beyond a few letters.
class ElidedLabel : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget* parent = nullptr);

    void setWords(const QString& words);
    /// What the words are about: the tooltip where they are whole, and below them where they are cut.
    void setHelp(const QString& help);
    const QString& words() const { return m_words; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void elide();

    QString m_words, m_help;
};

} // namespace vegadesk::ui
