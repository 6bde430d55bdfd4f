#include "objective/expression_parser.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <vector>

#include "numeric/constants.hpp"
#include "numeric/number_text.hpp"
#include "numeric/utf8.hpp"
#include "objective/decimal.hpp"

namespace wv {
namespace {

using Arguments = std::vector<int>;

// Brackets, signs and exponents within one another.
constexpr int deepest = 50;
// Of the text on each side of an error's place.
constexpr std::size_t quoted = 12;
using numeric::pi;
constexpr double euler = 0x1.5bf0a8b145769p1;
constexpr int anyNumber = 1000;

template <Operation operation>
int unary(ExpressionGraph& graph, const Arguments& of) {
  return graph.apply(operation, of[0]);
}

template <Operation operation>
int folded(ExpressionGraph& graph, const Arguments& of) {
  int result = of[0];
  for (std::size_t i = 1; i < of.size(); ++i) {
    result = graph.apply(operation, result, of[i]);
  }
  return result;
}

int tangent(ExpressionGraph& graph, const Arguments& of) {
  return graph.apply(Operation::divide, graph.apply(Operation::sine, of[0]),
                     graph.apply(Operation::cosine, of[0]));
}

int hyperbolicCosine(ExpressionGraph& graph, const Arguments& of) {
  const int growing = graph.apply(Operation::exponential, of[0]);
  const int falling = graph.apply(Operation::divide, graph.constant(1), growing);
  return graph.apply(Operation::multiply, graph.constant(0.5),
                     graph.apply(Operation::add, growing, falling));
}

// As a difference of exponentials it would lose its digits near 0.
int hyperbolicSine(ExpressionGraph& graph, const Arguments& of) {
  return graph.apply(Operation::multiply, graph.apply(Operation::hyperbolicTangent, of[0]),
                     hyperbolicCosine(graph, of));
}

int selected(ExpressionGraph& graph, const Arguments& of) {
  return graph.apply(Operation::select, of[0], of[1], of[2]);
}

struct FunctionInfo {
  std::string_view name;
  int least, most;  // arguments
  int (*make)(ExpressionGraph& graph, const Arguments& of);
};

constexpr FunctionInfo functions[] = {
    {"exp", 1, 1, unary<Operation::exponential>},
    {"log", 1, 1, unary<Operation::logarithm>},
    {"ln", 1, 1, unary<Operation::logarithm>},
    {"sqrt", 1, 1, unary<Operation::squareRoot>},
    {"abs", 1, 1, unary<Operation::absolute>},
    {"sign", 1, 1, unary<Operation::sign>},
    {"sin", 1, 1, unary<Operation::sine>},
    {"cos", 1, 1, unary<Operation::cosine>},
    {"tan", 1, 1, tangent},
    {"atan", 1, 1, unary<Operation::arcTangent>},
    {"sinh", 1, 1, hyperbolicSine},
    {"cosh", 1, 1, hyperbolicCosine},
    {"tanh", 1, 1, unary<Operation::hyperbolicTangent>},
    {"softplus", 1, 1, unary<Operation::softplus>},
    {"logistic", 1, 1, unary<Operation::logistic>},
    {"min", 2, anyNumber, folded<Operation::minimum>},
    {"max", 2, anyNumber, folded<Operation::maximum>},
    {"if", 3, 3, selected},
};

// What mathematicians write, and how this grammar spells it.
struct Sign {
  std::string_view written, read;
};
constexpr Sign signs[] = {
    {"−", "-"}, {"–", "-"}, {"·", "*"}, {"×", "*"},  {"∙", "*"},  {"÷", "/"},   {"**", "^"},
    {"²", "²"}, {"³", "³"}, {"π", "π"}, {"≤", "<="}, {"≥", ">="}, {"<=", "<="}, {">=", ">="},
};
constexpr std::string_view plainSigns = "+-*/^(),<>";

std::string textOf(double number) { return numeric::numberText(number); }

bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool isControl(char c) { return static_cast<unsigned char>(c) < 0x20; }
// Of UTF-8: any but the first byte of a character.
bool isContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80; }

std::string lowered(std::string_view name) {
  std::string lower(name);
  for (char& c : lower) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return lower;
}

const FunctionInfo* findFunction(std::string_view name) {
  for (const FunctionInfo& function : functions) {
    if (function.name == name) {
      return &function;
    }
  }
  return nullptr;
}

enum class Kind { end, number, name, sign, strange };

struct Token {
  Kind kind = Kind::end;
  std::size_t begin = 0, end = 0;  // bytes
  std::string_view text;           // of a sign: as the grammar spells it
};

class Parser {
 public:
  Parser(std::string_view text, int variables) : text_(text), variables_(variables) { next(); }

  ExpressionReading read() {
    ExpressionReading reading;
    if (numeric::characterCount(text_) > longestExpression) {
      refuse("is longer than " + textOf(longestExpression) + " characters");
    } else if (token_.kind == Kind::end) {
      refuse("is empty: type a function of x" +
             (variables_ == 2 ? std::string(", or of x and y") : ""));
    }
    const int root = failed_ ? 0 : comparison();
    if (!failed_ && token_.kind != Kind::end) {
      failAtSurplus();
    }
    if (!failed_ && !graph_.dependsOn(root, 0) && !graph_.dependsOn(root, 1)) {
      refuse("is the same everywhere: it must depend on x" +
             (variables_ == 2 ? std::string(" or y") : ""));
    }
    if (failed_) {
      reading.error = std::move(error_);
    } else {
      reading.parsed = ParsedExpression{std::move(graph_), root};
    }
    return reading;
  }

 private:
  void next();
  Token tokenAt(std::size_t begin) const;
  std::size_t numberEnd(std::size_t begin) const;

  bool isSign(std::string_view sign) const {
    return token_.kind == Kind::sign && token_.text == sign;
  }
  bool take(std::string_view sign) {
    if (!isSign(sign)) {
      return false;
    }
    next();
    return true;
  }

  // Each returns a node; after a failure any, and nothing more is read.
  int comparison();
  int sum();
  int term();
  int factor();
  int power();
  int exponentOf(int base);
  int primary();
  int number();
  int named();
  int call(const FunctionInfo& function, const Token& name);

  bool startsFactor() const {
    return token_.kind == Kind::name || isSign("(") || isSign("π") || token_.kind == Kind::number;
  }

  // With and without a place; the first failure counts.
  int fail(std::size_t at, const std::string& what);
  void refuse(const std::string& what) { reject(0, what); }
  void reject(std::size_t position, const std::string& what);
  int failAtSurplus();
  int failAtMissing();
  std::string seen() const;
  std::string place(std::size_t at) const;
  std::size_t charactersBefore(std::size_t at) const;

  std::string_view text_;
  int variables_;
  Token token_;
  ExpressionGraph graph_;
  int depth_ = 0;
  bool failed_ = false;
  ExpressionError error_;
};

std::size_t Parser::numberEnd(std::size_t begin) const {
  std::size_t at = begin;
  while (at < text_.size() && (isDigit(text_[at]) || text_[at] == '.')) {
    ++at;
  }
  // "2e3" is a number, "2e" is 2 times e.
  if (at < text_.size() && (text_[at] == 'e' || text_[at] == 'E')) {
    std::size_t digits = at + 1;
    digits += digits < text_.size() && (text_[digits] == '+' || text_[digits] == '-') ? 1 : 0;
    if (digits < text_.size() && isDigit(text_[digits])) {
      for (at = digits; at < text_.size() && isDigit(text_[at]);) {
        ++at;
      }
    }
  }
  return at;
}

Token Parser::tokenAt(std::size_t begin) const {
  const std::string_view rest = text_.substr(begin);
  const char first = rest.front();
  const auto token = [&](Kind kind, std::size_t length) {
    return Token{kind, begin, begin + length, rest.substr(0, length)};
  };
  if (isDigit(first) || first == '.') {
    return token(Kind::number, numberEnd(begin) - begin);
  }
  if (isLetter(first)) {
    std::size_t length = 1;
    while (length < rest.size() && (isLetter(rest[length]) || isDigit(rest[length]))) {
      ++length;
    }
    return token(Kind::name, length);
  }
  for (const Sign& sign : signs) {
    if (rest.starts_with(sign.written)) {
      return {Kind::sign, begin, begin + sign.written.size(), sign.read};
    }
  }
  if (plainSigns.find(first) != std::string_view::npos) {
    return token(Kind::sign, 1);
  }
  std::size_t length = 1;
  while (length < rest.size() && length < 4 && isContinuation(rest[length])) {
    ++length;
  }
  return token(Kind::strange, length);
}

void Parser::next() {
  std::size_t begin = token_.end;
  while (begin < text_.size() && isSpace(text_[begin])) {
    ++begin;
  }
  token_ = begin < text_.size() ? tokenAt(begin) : Token{Kind::end, begin, begin, {}};
}

int Parser::comparison() {
  const int left = sum();
  for (const auto& [sign, operation, isSwapped] :
       {std::tuple{"<", Operation::less, false}, std::tuple{">", Operation::less, true},
        std::tuple{"<=", Operation::lessEqual, false},
        std::tuple{">=", Operation::lessEqual, true}}) {
    if (!failed_ && take(sign)) {
      const int right = sum();
      return isSwapped ? graph_.apply(operation, right, left)
                       : graph_.apply(operation, left, right);
    }
  }
  return left;
}

int Parser::sum() {
  int result = term();
  while (!failed_ && (isSign("+") || isSign("-"))) {
    const Operation operation = isSign("+") ? Operation::add : Operation::subtract;
    next();
    result = graph_.apply(operation, result, term());
  }
  return result;
}

int Parser::term() {
  int result = factor();
  while (!failed_ && (isSign("*") || isSign("/") || startsFactor())) {
    const Operation operation = isSign("/") ? Operation::divide : Operation::multiply;
    if (isSign("*") || isSign("/")) {
      next();
    } else if (token_.kind == Kind::number) {
      return fail(token_.begin,
                  "has the number " + seen() + " where a sign is missing between two factors");
    }
    result = graph_.apply(operation, result, factor());
  }
  return result;
}

int Parser::factor() {
  if (++depth_ > deepest) {
    return fail(token_.begin, "has more than " + textOf(deepest) +
                                  " brackets, signs and exponents within one another");
  }
  int result = 0;
  if (take("-")) {
    result = graph_.apply(Operation::multiply, graph_.constant(-1), factor());
  } else if (take("+")) {
    result = factor();
  } else {
    result = power();
  }
  --depth_;
  return failed_ ? 0 : result;
}

int Parser::power() {
  const int base = primary();
  return failed_ ? 0 : exponentOf(base);
}

int Parser::exponentOf(int base) {
  const std::size_t at = token_.end;
  if (take("²")) {
    return exponentOf(graph_.power(base, graph_.constant(2)));
  }
  if (take("³")) {
    return exponentOf(graph_.power(base, graph_.constant(3)));
  }
  if (!take("^")) {
    return base;
  }
  const int exponent = factor();
  if (failed_) {
    return 0;
  }
  const double number = graph_.node(exponent).number;
  if (graph_.isConstant(exponent) && std::trunc(number) == number &&
      std::fabs(number) > largestIntegerPower) {
    return fail(at, "has an exponent beyond " + textOf(largestIntegerPower));
  }
  return graph_.power(base, exponent);
}

int Parser::primary() {
  if (token_.kind == Kind::number) {
    return number();
  }
  if (token_.kind == Kind::name) {
    return named();
  }
  if (take("π")) {
    return graph_.constant(pi);
  }
  const Token open = token_;
  if (!take("(")) {
    return failAtMissing();
  }
  const int inside = comparison();
  if (!failed_ && !take(")")) {
    return token_.kind == Kind::end ? fail(open.begin, "has a “(” that is never closed")
                                    : failAtSurplus();
  }
  return failed_ ? 0 : inside;
}

int Parser::number() {
  const std::optional<double> value = parseDecimal(token_.text);
  if (!value) {
    return fail(token_.begin, "has " + seen() + " where a number such as 2.5 or 1e-3 is allowed");
  }
  next();
  return graph_.constant(*value);
}

int Parser::named() {
  const Token name = token_;
  next();
  if (name.text == "y" && variables_ == 1) {
    return fail(name.begin, "has a y; here it must be a function of x alone");
  }
  if (name.text == "x" || name.text == "y") {
    return graph_.variable(name.text == "x" ? 0 : 1);
  }
  if (name.text == "pi" || name.text == "e") {
    return graph_.constant(name.text == "e" ? euler : pi);
  }
  if (const FunctionInfo* function = findFunction(name.text)) {
    return call(*function, name);
  }
  const std::string unknown = "has the unknown name “" + std::string(name.text.substr(0, 40)) + "”";
  const std::string lower = lowered(name.text);
  if (findFunction(lower) || lower == "x" || lower == "y" || lower == "pi") {
    return fail(name.begin, unknown + "; names are in small letters: " + lower);
  }
  if (name.text.find_first_not_of("xye") == std::string_view::npos) {
    return fail(name.begin, unknown + "; write a sign between two factors, as in x*y");
  }
  return fail(name.begin, unknown + "; there are x, " + (variables_ == 2 ? "y, " : "") +
                              "pi, e and the functions " + expressionFunctions());
}

int Parser::call(const FunctionInfo& function, const Token& name) {
  const std::string title(function.name);
  if (!take("(")) {
    return fail(name.begin, "has " + title + " without its brackets; write " + title + "(…)");
  }
  Arguments arguments;
  do {
    arguments.push_back(comparison());
  } while (!failed_ && take(","));
  if (failed_) {
    return 0;
  }
  if (!isSign(")")) {
    if (token_.kind == Kind::end) {
      return fail(name.begin, "has a “" + title + "(” that is never closed");
    }
    return failAtSurplus();
  }
  const int count = static_cast<int>(arguments.size());
  if (count < function.least || count > function.most) {
    const std::string allowed =
        function.most == anyNumber ? "at least " + textOf(function.least) : textOf(function.least);
    return fail(name.begin, "gives " + title + " " + textOf(count) + " argument" +
                                (count == 1 ? "" : "s") + "; it takes " + allowed);
  }
  next();
  return function.make(graph_, arguments);
}

// The token as a message names it.
std::string Parser::seen() const {
  if (token_.kind == Kind::strange && isControl(token_.text.front())) {
    return "a control character";
  }
  const std::string_view written = text_.substr(token_.begin, token_.end - token_.begin);
  const bool isText = token_.kind != Kind::strange || token_.text.size() > 1 ||
                      static_cast<unsigned char>(token_.text.front()) < 0x80;
  return isText ? "“" + std::string(written.substr(0, 40)) + "”" : "a byte that is no character";
}

// What follows a whole formula without belonging to it.
int Parser::failAtSurplus() {
  if (isSign(")")) {
    return fail(token_.begin, "has a “)” that closes nothing");
  }
  if (isSign(",")) {
    return fail(token_.begin,
                "has a comma outside of the arguments of min, max and if; decimals take a point");
  }
  if (token_.kind == Kind::sign) {
    return fail(token_.begin, "compares twice; write one comparison at a time");
  }
  return fail(token_.begin, "has " + seen() + ", which means nothing here");
}

int Parser::failAtMissing() {
  if (token_.kind == Kind::strange) {
    return fail(token_.begin, "has " + seen() + ", which means nothing here");
  }
  const std::string before = token_.kind == Kind::end ? "its end" : seen();
  return fail(token_.begin,
              "has " + before + " where a number, a variable, a function or “(” is missing");
}

std::size_t Parser::charactersBefore(std::size_t at) const {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < at; ++i) {
    characters += isContinuation(text_[i]) ? 0 : 1;
  }
  return characters;
}

// The text around a place, with a mark before it.
std::string Parser::place(std::size_t at) const {
  std::size_t begin = at > quoted ? at - quoted : 0;
  std::size_t end = std::min(text_.size(), at + quoted);
  while (begin > 0 && isContinuation(text_[begin])) {
    --begin;
  }
  while (end < text_.size() && isContinuation(text_[end])) {
    ++end;
  }
  std::string shown = (begin > 0 ? "…" : "") + std::string(text_.substr(begin, at - begin)) + "▸" +
                      std::string(text_.substr(at, end - at)) + (end < text_.size() ? "…" : "");
  std::replace_if(shown.begin(), shown.end(), isControl, ' ');
  return shown;
}

int Parser::fail(std::size_t at, const std::string& what) {
  const std::size_t position = charactersBefore(at);
  reject(position,
         what + ": character " + textOf(static_cast<double>(position + 1)) + ", " + place(at));
  return 0;
}

void Parser::reject(std::size_t position, const std::string& what) {
  if (!failed_) {
    failed_ = true;
    error_ = {position, "expression " + what + "."};
  }
}

}  // namespace

ExpressionReading parseExpression(std::string_view text, int variables) {
  return Parser(text, variables).read();
}

std::string expressionFunctions() {
  std::string names;
  for (const FunctionInfo& function : functions) {
    names += (names.empty() ? "" : ", ") + std::string(function.name);
  }
  return names;
}

}  // namespace wv
