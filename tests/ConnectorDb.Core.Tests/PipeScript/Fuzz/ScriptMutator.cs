using System.Text;

namespace ConnectorDb.Core.Tests.PipeScript.Fuzz;

/// <summary>Changes scripts at random: their bytes, their words, and by parts of other scripts.</summary>
internal sealed class ScriptMutator(Random random)
{
    private static readonly string[] s_words =
    [
        " ", "\n", "$", "d", "if ", "ifelse", "last", "next", "map", "imap", "while", "iwhile", "reduce", "apply", "filter", "top", "remember", "max", "sum", "count",
        "median", "resample", "quantile", "rand", "bucket", "regex", "hour", "set", "append", "(", ")", "[", "]", "{", "}", "{'a': ", ",", ":", "|", "+", "-", "*", "/", "%",
        "^", "<", "<=", "==", "!=", ">", " and ", " or ", "not ", "true", "false", "0", "1", "2.5", "99999999999999999999", "'a'", "\"\\n\"", "'", "\\", "\"", ".", "\0", "é", "😀", "\ud800",
    ];

    /// <summary>A script that differs in one to six places.</summary>
    /// <param name="other">Another script, of which a part may be taken.</param>
    public string Mutate(string script, string other)
    {
        for (int changes = random.Next(1, 7); changes > 0; changes--)
        {
            script = Change(script, other);
        }

        const int Longest = 2000;
        return script.Length > Longest ? script[..Longest] : script;
    }

    private string Change(string script, string other)
    {
        int from = random.Next(script.Length + 1);
        int to = random.Next(from, Math.Min(script.Length, from + 12) + 1);
        int otherFrom = random.Next(other.Length + 1);
        string part = other[otherFrom..random.Next(otherFrom, other.Length + 1)];
        return random.Next(6) switch
        {
            0 => script.Remove(from, to - from),
            1 => script.Insert(from, s_words[random.Next(s_words.Length)]),
            2 => script[..from] + s_words[random.Next(s_words.Length)] + script[to..],
            3 => script.Insert(to, script[from..to]),
            4 => script[..from] + part + script[to..],
            _ => FlipByte(script),
        };
    }

    private string FlipByte(string script)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(script);
        if (bytes.Length > 0)
        {
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        }

        return Encoding.UTF8.GetString(bytes);
    }
}
