namespace ConnectorDb.Core.PipeScript.Language;

/// <summary>The spelling and precedence of operators.</summary>
internal static class Operators
{
    /// <summary>Lower than every precedence.</summary>
    public const int Loosest = 0;

    public const int Not = 3;

    /// <summary>The precedence of a unary minus; only the colon is higher.</summary>
    public const int Negation = 8;

    public const int Colon = 9;

    public static string Symbol(this Operator name) => name switch
    {
        Operator.Or => "or",
        Operator.And => "and",
        Operator.Not => "not",
        Operator.Equal => "==",
        Operator.NotEqual => "!=",
        Operator.Less => "<",
        Operator.LessOrEqual => "<=",
        Operator.Greater => ">",
        Operator.GreaterOrEqual => ">=",
        Operator.Add => "+",
        Operator.Subtract => "-",
        Operator.Multiply => "*",
        Operator.Divide => "/",
        Operator.Remainder => "%",
        _ => "^",
    };

    /// <summary>The precedence of a binary operator.</summary>
    public static int Level(this Operator name) => name switch
    {
        Operator.Or => 1,
        Operator.And => 2,
        Operator.Not => Not,
        <= Operator.GreaterOrEqual => 4,
        Operator.Add or Operator.Subtract => 5,
        Operator.Multiply or Operator.Divide => 6,
        _ => 7,
    };
}
