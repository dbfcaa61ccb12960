using System.Globalization;
using System.Text;

namespace ConnectorDb.Core.PipeScript.Language;

/// <summary>
/// Writes expressions in canonical form: calls with round brackets, other brackets only where needed, <c>|</c> between the stages
/// of the script and <c>:</c> between the stages of inner pipes.
/// </summary>
internal sealed class Printer
{
    private const int OfOperand = Operators.Colon + 1;
    private readonly StringBuilder _text = new();

    public static string Print(Expression script)
    {
        Printer printer = new();
        if (script is Pipe pipe)
        {
            printer.WriteStages(pipe, " | ");
        }
        else
        {
            printer.Write(script, Operators.Loosest);
        }

        return printer._text.ToString();
    }

    /// <summary>Writes an expression, in brackets unless its precedence is higher.</summary>
    private void Write(Expression expression, int level)
    {
        bool needsBrackets = LevelOf(expression) <= level;
        _text.Append(needsBrackets ? "(" : "");
        switch (expression)
        {
            case Literal literal:
                WriteLiteral(literal.Value);
                break;
            case Prefix prefix:
                WritePrefix(prefix);
                break;
            case Chain chain:
                WriteChain(chain);
                break;
            case Pipe pipe:
                WriteStages(pipe, ":");
                break;
            case Call call:
                WriteCall(call);
                break;
            case ObjectLiteral literal:
                WriteObject(literal);
                break;
        }

        _text.Append(needsBrackets ? ")" : "");
    }

    private static int LevelOf(Expression expression) => expression switch
    {
        Chain chain => chain.Links[0].Operator.Level(),
        Prefix { Operator: Operator.Not } => Operators.Not,
        Prefix => Operators.Negation,
        Pipe => Operators.Colon,
        _ => OfOperand,
    };

    private void WriteStages(Pipe pipe, string separator)
    {
        int level = separator == ":" ? Operators.Colon : Operators.Loosest;
        for (int i = 0; i < pipe.Stages.Length; i++)
        {
            _text.Append(i > 0 ? separator : "");
            Expression stage = pipe.Stages[i];
            Write(stage, stage is Pipe ? Operators.Colon : level);
        }
    }

    private void WriteChain(Chain chain)
    {
        int level = LevelOf(chain);
        Write(chain.First, level);
        foreach ((Operator name, Expression operand) in chain.Links)
        {
            _text.Append(' ').Append(name.Symbol()).Append(' ');
            Write(operand, level);
        }
    }

    private void WritePrefix(Prefix prefix)
    {
        _text.Append(prefix.Operator == Operator.Not ? "not " : "-");
        Write(prefix.Operand, LevelOf(prefix) - 1);
    }

    private void WriteCall(Call call)
    {
        _text.Append(call.Name);
        for (int i = 0; i < call.Arguments.Length; i++)
        {
            _text.Append(i == 0 ? "(" : ", ");
            Write(call.Arguments[i], Operators.Loosest);
        }

        _text.Append(call.Arguments.Length > 0 ? ")" : "");
    }

    private void WriteObject(ObjectLiteral literal)
    {
        for (int i = 0; i < literal.Members.Length; i++)
        {
            _text.Append(i == 0 ? "{" : ", ");
            WriteText(literal.Members[i].Key);
            _text.Append(": ");
            Write(literal.Members[i].Value, Operators.Loosest);
        }

        _text.Append('}');
    }

    private void WriteLiteral(DataValue value)
    {
        switch (value.Kind)
        {
            case DataKind.Boolean:
                _text.Append(value.AsBoolean() ? "true" : "false");
                break;
            case DataKind.Text:
                WriteText(value.AsText());
                break;
            default:
                WriteNumber(value.AsDouble());
                break;
        }
    }

    private void WriteText(string text)
    {
        _text.Append('"');
        foreach (char c in text)
        {
            _ = c switch
            {
                '\n' => _text.Append("\\n"),
                '\r' => _text.Append("\\r"),
                '\t' => _text.Append("\\t"),
                '\\' or '"' => _text.Append('\\').Append(c),
                _ => _text.Append(c),
            };
        }

        _text.Append('"');
    }

    /// <summary>The shortest decimal without an exponent that parses to the same double.</summary>
    private void WriteNumber(double value)
    {
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        int exponentAt = shortest.IndexOf('E', StringComparison.Ordinal);
        if (exponentAt < 0)
        {
            _text.Append(shortest);
            return;
        }

        string digits = shortest[..exponentAt].Replace(".", "", StringComparison.Ordinal);
        int point = 1 + int.Parse(shortest.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        _text.Append(point <= 0 ? "0." + new string('0', -point) + digits : digits.PadRight(point, '0'));
    }
}
