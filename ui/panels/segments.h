#pragma once

#include <QString>
#include <QWidget>

#include <vector>

class QButtonGroup;
class QHBoxLayout;

namespace vegadesk::ui
{

/// A choice of few, as buttons in a row. Arrow keys move within it, as among radio buttons.
class Segments : public QWidget
{
    Q_OBJECT

public:
    struct Choice {
        QString words, help;
        friend bool operator==(const Choice&, const Choice&) = default;
    };

    explicit Segments(const QString& accessibleName, QWidget* parent = nullptr);

    /// Keeps the chosen place where there still is one; nothing happens for the same choices.
    void setChoices(const std::vector<Choice>& choices);
    int chosen() const; ///< −1 without choices
    void choose(int place);

Q_SIGNALS:
    void chosenByUser(int place);

private:
    std::vector<Choice> m_choices;
    QHBoxLayout* m_row;
    QButtonGroup* m_group;
};

} // namespace vegadesk::ui
