using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>Sets the parameters of a cmdlet to the values of a row of a table, and restores them after the row.</summary>
/// <remarks>
/// PowerShell binds the properties of any object by name. But <c>Downlink</c> of a stream, and <c>First</c> and <c>Last</c> of a summary, mean
/// something else than these parameters of a query. So a query takes them from rows only, which are no objects of the module.
/// </remarks>
/// <param name="cmdlet">The cmdlet.</param>
internal sealed class RowParameters(PSCmdlet cmdlet)
{
    private static readonly string[] s_forAllRows = ["Connection", "Force", "PassThru"];

    private readonly List<(PropertyInfo Parameter, object? Value)> _before = [];
    private UnusedColumns? _columns;
    private HashSet<string>? _typed;

    /// <summary>Remembers the parameters of the command line, which count for all rows.</summary>
    public void Begin() => _typed = new(cmdlet.MyInvocation.BoundParameters.Keys, StringComparer.OrdinalIgnoreCase);

    /// <summary>True while the row in process has a value for the parameter.</summary>
    public bool Gives(string parameter) => _before.Exists(each => each.Parameter.Name == parameter);

    /// <param name="row">The row; null for another object.</param>
    /// <exception cref="InvalidValueException">A value of the row is not one of its parameter.</exception>
    public void Run(PSObject? row, Action process)
    {
        // The columns of an exported stream or summary are its properties.
        if (row is null || (row.Properties["Schema"] ?? row.Properties["FirstT"]) is not null)
        {
            process();
            return;
        }

        _columns ??= new UnusedColumns(cmdlet, typeof(CdbUser), typeof(CdbDevice), typeof(CdbStream), typeof(Datapoint)) { FromRows = [.. Of(cmdlet).Select(parameter => parameter.Name)] };
        _columns.Check(row);
        try
        {
            foreach (PropertyInfo parameter in Of(cmdlet).Where(parameter => !_typed!.Contains(parameter.Name)))
            {
                if (Cell(row, parameter) is { } cell)
                {
                    _before.Add((parameter, parameter.GetValue(cmdlet)));
                    parameter.SetValue(cmdlet, Convert(parameter, cell));
                }
            }

            process();
        }
        finally
        {
            _before.ForEach(each => each.Parameter.SetValue(cmdlet, each.Value));
            _before.Clear();
        }
    }

    private static IEnumerable<PropertyInfo> Of(PSCmdlet cmdlet)
        => from property in cmdlet.GetType().GetProperties()
           let parameters = property.GetCustomAttributes<ParameterAttribute>().ToArray()
           where parameters.Length > 0 && !Array.Exists(parameters, each => each.ValueFromPipelineByPropertyName)
           where property.PropertyType != typeof(ScriptBlock) && !s_forAllRows.Contains(property.Name)
           select property;

    private static object? Cell(PSObject row, PropertyInfo parameter)
    {
        string[] names = [parameter.Name, .. parameter.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []];
        object? value = names.Select(name => PowerShellObject.Unwrap(row.Properties[name]?.Value)).FirstOrDefault(each => each is not null);
        return value is string text && string.IsNullOrWhiteSpace(text) ? null : value;
    }

    private object? Convert(PropertyInfo parameter, object cell)
    {
        try
        {
            if (parameter.PropertyType == typeof(SwitchParameter))
            {
                new FlagArgumentAttribute().Transform(null!, cell);
                return new SwitchParameter(FlagArgumentAttribute.Take() is true);
            }

            EngineIntrinsics engine = (EngineIntrinsics)cmdlet.SessionState.PSVariable.GetValue("ExecutionContext");
            object? value = parameter.GetCustomAttributes<ArgumentTransformationAttribute>().Aggregate((object?)cell, (given, attribute) => attribute.Transform(engine, given!));
            value = LanguagePrimitives.ConvertTo(value, parameter.PropertyType, CultureInfo.InvariantCulture);
            return parameter.GetCustomAttribute<ValidateRangeAttribute>()?.MinRange is IConvertible least && value is long or int && System.Convert.ToDouble(value, CultureInfo.InvariantCulture) < least.ToDouble(CultureInfo.InvariantCulture)
                ? throw Invalid(parameter, cell, $"The least is {least}.")
                : value;
        }
        catch (ArgumentTransformationMetadataException error)
        {
            throw Invalid(parameter, cell, error.Message);
        }
        catch (PSInvalidCastException)
        {
            throw Invalid(parameter, cell, "It is no whole number.");
        }
    }

    private static InvalidValueException Invalid(PropertyInfo parameter, object cell, string reason)
        => new($"'{cell}' in the column {parameter.Name} is no value of -{parameter.Name}. {reason} Leave the column out with Select-Object -ExcludeProperty, or correct it.", cell);
}
