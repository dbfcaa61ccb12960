BeforeDiscovery {
    Import-Module ($env:CONNECTORDB_MANIFEST ?? "$PSScriptRoot/../../ConnectorDb.psd1")

    $all = Get-Command -Module ConnectorDb -CommandType Cmdlet | ForEach-Object { @{ Command = $_ } }

    # The second form of Export-CdbItem adds the pipeline to the first, and that of Measure-CdbCommand has another order: no parameter excludes another.
    $withSets = Get-Command -Module ConnectorDb -CommandType Cmdlet | Where-Object { $_.ParameterSets.Count -gt 1 -and $_.Name -notin 'Export-CdbItem', 'Measure-CdbCommand' } | ForEach-Object { @{ Command = $_ } }
}

BeforeAll {
    $ErrorActionPreference = 'Stop'

    # The pairs of parameters of a cmdlet that belong to no common set.
    function Get-Pair($Command) {
        $parameters = @($Command.Parameters.Values | Where-Object { -not $_.ParameterSets.ContainsKey('__AllParameterSets') })
        for ($i = 0; $i -lt $parameters.Count; $i++) {
            foreach ($other in $parameters[($i + 1)..$parameters.Count]) {
                if ($other -and -not ($other.ParameterSets.Keys | Where-Object { $parameters[$i].ParameterSets.ContainsKey($_) })) {
                    , @($parameters[$i], $other)
                }
            }
        }
    }

    # A value that the parameter takes.
    function New-Value($Parameter) {
        $type = $Parameter.ParameterType.HasElementType ? $Parameter.ParameterType.GetElementType() : $Parameter.ParameterType
        $type = [Nullable]::GetUnderlyingType($type) ?? $type
        if ($Parameter.Name -eq 'TimeZone') { return 'UTC' }
        if ($Parameter.Attributes.RegexPattern) { return 'name' }
        switch ($type) {
            ([switch]) { $true; break }
            ([scriptblock]) { {}; break }
            ([pscredential]) { [pscredential]::new('u', (ConvertTo-SecureString p -AsPlainText -Force)); break }
            ([System.Collections.IDictionary]) { @{}; break }
            { $_ -in [int], [long], [double], [timespan] } { $Parameter.Attributes.Where({ $_ -is [ValidateRange] }).MinRange ?? 1; break }
            { $_.Namespace -like 'ConnectorDb*' -and -not $_.IsAbstract -and $_.Name -ne 'SecretText' -and -not $_.IsEnum } { [System.Runtime.CompilerServices.RuntimeHelpers]::GetUninitializedObject($_); break }
            { $_.IsEnum } { [enum]::GetNames($_)[0]; break }
            ([securestring]) { ConvertTo-SecureString p -AsPlainText -Force; break }
            ([cultureinfo]) { 'de-DE'; break }
            default { '2026-01-01Z' }
        }
    }
}

Describe 'Parameters of two forms' {
    It 'are refused by name, with what goes together: <Command.Name>' -ForEach $withSets {
        $pairs = @(Get-Pair $command)
        $pairs.Count | Should -BeGreaterThan 0
        foreach ($pair in $pairs) {
            $arguments = @{ $pair[0].Name = New-Value $pair[0]; $pair[1].Name = New-Value $pair[1] }
            $said = try { & $command @arguments } catch { $_ }
            $said.FullyQualifiedErrorId | Should -BeLike 'Parameter*,*' -Because "$($pair.Name)"
            $said.FullyQualifiedErrorId | Should -Not -BeLike 'Ambiguous*' -Because "$($pair.Name)"
            "$said" | Should -Match '^-\w+ and -\w+ cannot be used together\.|^A destination |^Say where '
            foreach ($parameter in $pair) { "$said" | Should -BeLike "*-$($parameter.Name)*" }
            "$said" | Should -Match "Get-Help $command describes |^A destination |^Say where "
            "$said" | Should -Not -Match '<\w'
        }
    }

    It 'are refused in the same way when one has its position: <Command.Name>' -ForEach $withSets {
        foreach ($pair in Get-Pair $command) {
            $first, $named = $pair | Sort-Object { $_.ParameterSets.Values.Position -notcontains 0 }
            $value, $with = (New-Value $first), @{ $named.Name = New-Value $named }
            $sets = @($named.ParameterSets.Keys; '__AllParameterSets')
            $taken = $command.Parameters.Values | Where-Object { $parameter = $_; $sets.Where{ $parameter.ParameterSets.ContainsKey($_) -and $parameter.ParameterSets[$_].Position -eq 0 } }
            if ($first.ParameterSets.Values.Position -notcontains 0 -or $taken -or $value.GetType().Namespace -like 'ConnectorDb*') { continue }
            $said = try { & $command $value @with } catch { $_ }
            $said.FullyQualifiedErrorId | Should -BeLike 'Parameter*,*' -Because "$($pair.Name): $said"
            "$said" | Should -BeLike "*is an argument too many beside -*. Use -*, or -*. Get-Help $command describes both."
        }
    }

    It 'are shown with what each needs' {
        { Get-CdbUser me -Current } | Should -Throw "'me' is an argument too many beside -Current. Use -Current, or -User. Get-Help Get-CdbUser describes both."
        { Connect-Cdb ./s.cdb -Url http://localhost:1 } | Should -Throw "*. Use -Url, or -Path. *"
        { Write-CdbLog weather -Field @{ t = 1 } } | Should -Throw "'weather' is an argument too many beside -Field. Use -Field with -Measurement, or -Stream with -Value. *"
        { Unregister-CdbSubscription 1 -Stream a } | Should -Throw "*. Use -Stream, or -Id. *"
    }
}

Describe 'An argument that no parameter takes' {
    It 'is refused with the way to write it: <Command.Name>' -ForEach $all {
        $sets = ($command.DefaultParameterSet ? $command.DefaultParameterSet : $command.ParameterSets[0].Name), '__AllParameterSets' | Select-Object -Unique
        $positional = $command.Parameters.Values | ForEach-Object {
            $parameter = $_
            $sets.Where{ $parameter.ParameterSets.ContainsKey($_) -and $parameter.ParameterSets[$_].Position -ge 0 } | ForEach-Object { @{ Position = $parameter.ParameterSets[$_].Position; Parameter = $parameter } }
        } | Sort-Object Position
        $values = @($positional | ForEach-Object { New-Value $_.Parameter })
        $said = try { & $command @values 'one two' 'three' } catch { $_ }
        $said.FullyQualifiedErrorId | Should -BeLike 'ParameterBindingFailed,*'
        "$said" | Should -BeLike "'* is an argument too many*Get-Help $command describes *"
    }

    It 'is refused as by PowerShell when it is the name of one, with the parameters there are: <Command.Name>' -ForEach $all {
        $said = try { & $command -Colour red } catch { $_ }
        "$said" | Should -BeLike "A parameter cannot be found that matches parameter name 'Colour'. * Get-Help $command describes the parameters."
        $said.FullyQualifiedErrorId | Should -BeLike 'NamedParameterNotFound,*'
        foreach ($parameter in $command.Parameters.Keys | Where-Object { $_ -notin [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters }) {
            "$said" | Should -BeLike "*-$parameter[ ,.]*"
        }
    }

    It 'names the parameter that was probably meant' {
        { Get-CdbDatapoint x -Lsat 3 } | Should -Throw "A parameter cannot be found that matches parameter name 'Lsat'. Did you mean -Last? *"
        { New-CdbSink -ConnectorDB ./s.cdb -ApiKye x } | Should -Throw "A parameter cannot be found that matches parameter name 'ApiKye'. Did you mean -ApiKey? *"
    }

    It 'says how lists and texts are written' {
        { Get-CdbUser me you } | Should -Throw "'you' is an argument too many: Get-CdbUser takes -User without the name. A text with spaces needs quotes ('one two'), and a list needs commas (one, two).*"
        { Get-CdbPoller 1 } | Should -Throw "'1' is an argument too many: Get-CdbPoller takes no argument without the name of its parameter.*"
    }

    It 'says which parameter another name belongs to' {
        { Register-CdbSubscription door -Name alarm { } } | Should -Throw "'door' is an argument too many: Register-CdbSubscription takes -Stream and -Action without the name. -Name is another name of -Stream. *"
    }

    It 'says how a switch is turned off' {
        { Set-CdbDevice me/user -Public $false } | Should -Throw "'False' is an argument too many. The value of a switch stands behind a colon, without a space: -Public, or -Public:`$false.*"
    }

    It 'has the text of PowerShell when it is the name of one, in a pipeline too' {
        { 'me' | Set-CdbStream -Colour red } | Should -Throw "A parameter cannot be found that matches*"
    }

    It 'is no question for another parameter' {
        { Add-CdbPollItem a b -Intervall 5m } | Should -Throw "*matches parameter name 'Intervall'*"
        { 'a' | Add-CdbPollItem b c d e } | Should -Throw "*'e' is an argument too many*"
    }

    It 'is not in the description of a cmdlet' {
        (Get-Command Get-CdbStream).Parameters.Keys | Should -Not -Contain 'SurplusArgument'
        (Get-Command New-CdbSink).Parameters.Keys | Should -Not -Contain 'SurplusArgument'
    }
}

Describe 'A parameter that PowerShell asks for' {
    # PowerShell converts what is typed at its prompt to the type of the parameter, before the conversion of the parameter itself.
    It 'has a type that leaves the text to the conversion of the cmdlet: <Command.Name>' -ForEach $all {
        $command.Parameters.Values | Where-Object { $_.ParameterSets.Values.IsMandatory -contains $true } | ForEach-Object {
            $_.ParameterType.HasElementType ? $_.ParameterType.GetElementType() : $_.ParameterType | Should -Not -BeIn ([timespan], [datetime], [DateTimeOffset]) -Because $_.Name
        }
    }
}
