using System.Globalization;
using System.Management.Automation;
using System.Text;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Converts the name or the number of an encoding. It also takes the names of Import-Csv.</summary>
public sealed class EncodingArgumentAttribute : ArgumentTransformationAttribute
{
    private static readonly Dictionary<string, string> s_names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ansi"] = "windows-1252",
        ["bigendianunicode"] = "utf-16BE",
        ["unicode"] = "utf-16",
        ["utf8"] = "utf-8",
        ["utf8BOM"] = "utf-8",
        ["utf8NoBOM"] = "utf-8",
        ["utf32"] = "utf-32",
    };

    /// <summary>The names for completion.</summary>
    internal static IEnumerable<string> Names => ["utf-8", "utf-16", "utf-16BE", "utf-32", "us-ascii", "iso-8859-1", "iso-8859-15", "windows-1250", "windows-1251", "windows-1252", "shift_jis", "gb18030"];

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? given = PowerShellObject.Unwrap(inputData);
        return given switch
        {
            Encoding encoding => encoding,
            int page => Find(page.ToString(CultureInfo.InvariantCulture)),
            string name => Find(name.Trim()),
            _ => Find($"{given}"),
        };
    }

    private static Encoding Find(string name)
    {
        string known = s_names.GetValueOrDefault(name, name);
        EncodingProvider pages = CodePagesEncodingProvider.Instance;
        try
        {
            return int.TryParse(known, NumberStyles.None, CultureInfo.InvariantCulture, out int page)
                ? pages.GetEncoding(page) ?? Encoding.GetEncoding(page)
                : pages.GetEncoding(known) ?? Encoding.GetEncoding(known);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new ArgumentTransformationMetadataException($"'{name}' is not an encoding. Give a name such as 'utf-8', 'utf-16' or 'windows-1252', or the number of a code page.");
        }
    }
}
