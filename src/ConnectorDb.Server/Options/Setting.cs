using System.Globalization;
using System.Reflection;

namespace ConnectorDb.Server.Options;

/// <summary>A setting of the server: its names, description and valid values.</summary>
internal sealed class Setting
{
    private static readonly ServerOptions s_defaults = new();
    private readonly PropertyInfo _property;
    private readonly Type _type;
    private readonly SettingAttribute _attribute;

    private Setting(PropertyInfo property)
    {
        _property = property;
        _type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        _attribute = property.GetCustomAttribute<SettingAttribute>()!;
    }

    public static IReadOnlyList<Setting> All { get; } = [.. typeof(ServerOptions).GetProperties().Select(property => new Setting(property))];

    /// <summary>The name in files: <c>BodyLimit</c>.</summary>
    public string Key => _property.Name;

    /// <summary>The name on the command line: <c>--body-limit</c>.</summary>
    public string Name => "--" + string.Concat(Key.Select((c, i) => char.IsUpper(c) ? $"{(i > 0 ? "-" : "")}{char.ToLowerInvariant(c)}" : c.ToString()));

    public string Description => _attribute.Description;

    /// <summary>The name alone on the command line turns it on.</summary>
    public bool IsSwitch => _type == typeof(bool);

    /// <summary>The default value, or null.</summary>
    public object? Default => _property.GetValue(s_defaults);

    private long Max => _type == typeof(int) ? Math.Min(_attribute.Max, int.MaxValue) : _attribute.Max;

    private string Expected => IsSwitch ? "true or false"
        : _type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(_type))}"
        : _type == typeof(string) ? "a non-empty text without the character NUL"
        : Max is int.MaxValue or long.MaxValue ? $"a whole number, {_attribute.Min} or more"
        : $"a whole number from {_attribute.Min} to {Max}";

    /// <summary>Sets the value; returns an error message when the value is invalid, else null.</summary>
    public string? Set(ServerOptions options, string? value)
    {
        if (Parse(value ?? "") is not { } parsed)
        {
            return $"{Name} cannot be '{value?.Replace("\0", @"\0", StringComparison.Ordinal)}'. It must be {Expected}.{(_attribute.Unit > 0 ? $" The unit is {UnitName}; a time span of whole units, such as '36h' or '1d', is possible too." : "")}";
        }

        _property.SetValue(options, parsed);
        return null;
    }

    private string UnitName => _attribute.Unit switch { 1 => "milliseconds", 1000 => "seconds", 3_600_000 => "hours", _ => "days" };

    private object? Parse(string value)
        => _type == typeof(string) ? !value.Contains('\0', StringComparison.Ordinal) && (value.Length > 0 || Default is not null) ? value : null
        : IsSwitch ? bool.TryParse(value, out bool isOn) ? isOn : null
        : _type.IsEnum ? Enum.TryParse(_type, value, ignoreCase: true, out object? named) && Enum.IsDefined(_type, named) ? named : null
        : TryCount(value, out long number) && number >= _attribute.Min && number <= Max
            ? Convert.ChangeType(number, _type, CultureInfo.InvariantCulture)
            : null;

    /// <summary>Reads a whole number; for a time span also one with units, if it is a whole number of those of the setting.</summary>
    private bool TryCount(string value, out long number)
    {
        if (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
        {
            return true;
        }

        double units = _attribute.Unit > 0 && Duration.TryParse(value, out double seconds) ? seconds * 1000 / _attribute.Unit : double.NaN;
        number = (long)Math.Round(units);
        return Math.Abs(units) < long.MaxValue && Math.Abs(units - number) < 1e-6;
    }
}
