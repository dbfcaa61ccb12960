BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $start = 1769882400
    $null = New-CdbStream minutes -Schema number
    Add-CdbDatapoint minutes -Value (0..9) -Timestamp (0..9 | ForEach-Object { $start + 60 * $_ })
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Get-CdbDatapoint' {
    It 'reads everything in order with <_>' -ForEach @(
        ''
        '-From 2026-01-31T18:00:00Z -To 2026-01-31T18:09:00Z'
        "-From ([datetime]'2026-01-31T18:00:00Z') -To ([datetime]'2026-01-31T18:09:00Z')"
        '-From $noon -To $noon.AddMinutes(9)'
        '-From 1769882400 -To 1769882940'
        '-Since $noon'
        '-First 100'
        '-Last 100'
        '-Index 0..9'
        '-Index 0..-1'
        '-Index (0..9)'
    ) {
        $noon = [DateTimeOffset]::FromUnixTimeSeconds($start)
        (Invoke-Expression "Get-CdbDatapoint minutes $_").Data | Should -Be @(0..9)
    }

    It 'reads with <Range>' -ForEach @(
        @{ Range = '-From $noon.AddMinutes(2) -To $noon.AddMinutes(4)'; Expected = 2, 3, 4 }
        @{ Range = '-From $noon.AddMinutes(8)'; Expected = 8, 9 }
        @{ Range = '-To $noon.AddMinutes(1)'; Expected = 0, 1 }
        @{ Range = '-To $noon.AddMinutes(1).AddTicks(-20)'; Expected = , 0 }
        @{ Range = '-From $noon.AddMinutes(2) -Limit 2'; Expected = 2, 3 }
        @{ Range = '-First 2'; Expected = 0, 1 }
        @{ Range = '-First 2 -Skip 3'; Expected = 3, 4 }
        @{ Range = '-First 0'; Expected = @() }
        @{ Range = '-Skip 8'; Expected = 8, 9 }
        @{ Range = '-Skip 50'; Expected = @() }
        @{ Range = '-Last 2'; Expected = 8, 9 }
        @{ Range = '-Last 2 -Skip 3'; Expected = 5, 6 }
        @{ Range = '-Last 0'; Expected = @() }
        @{ Range = '-Index 5'; Expected = , 5 }
        @{ Range = '-Index -1'; Expected = , 9 }
        @{ Range = '-Index 50'; Expected = @() }
        @{ Range = '-Index 2..5'; Expected = 2, 3, 4, 5 }
        @{ Range = "-Index '2..5'"; Expected = 2, 3, 4, 5 }
        @{ Range = '-Index -3..-2'; Expected = 7, 8 }
        @{ Range = '-Index 7..'; Expected = 7, 8, 9 }
        @{ Range = '-Index ..1'; Expected = 0, 1 }
        @{ Range = '-Index 9, 0, 1'; Expected = 9, 0, 1 }
        @{ Range = '-Index (2..0)'; Expected = 2, 1, 0 }
        @{ Range = '-Index 2..0'; Expected = 2, 1, 0 }
        @{ Range = '-Index (-1..1)'; Expected = 9, 0, 1 }
        @{ Range = '-Limit 3'; Expected = 0, 1, 2 }
        @{ Range = '-Since $noon.AddMinutes(2) -Last 2'; Expected = 8, 9 }
        @{ Range = '-Since $noon.AddMinutes(8) -Last 5'; Expected = 8, 9 }
        @{ Range = '-Since $noon.AddMinutes(2) -First 2'; Expected = 2, 3 }
        @{ Range = '-Since $noon.AddMinutes(2) -Skip 6'; Expected = 8, 9 }
        @{ Range = '-Since $noon.AddMinutes(2) -Skip 60'; Expected = @() }
        @{ Range = '-Since $noon.AddMinutes(2) -Last 3 -Skip 6'; Expected = 2, 3 }
        @{ Range = '-Since $noon.AddMinutes(2) -First 4 -Limit 2'; Expected = 2, 3 }
        @{ Range = '-From $noon.AddMinutes(2) -To $noon.AddMinutes(5) -Last 2'; Expected = 4, 5 }
        @{ Range = '-From $noon.AddMinutes(2) -To $noon.AddMinutes(5) -First 9 -Skip 1'; Expected = 3, 4, 5 }
        @{ Range = '-To $noon.AddMinutes(5) -Last 1'; Expected = , 5 }
        @{ Range = '-From $noon.AddMinutes(20) -Last 1'; Expected = @() }
    ) {
        $noon = [DateTimeOffset]::FromUnixTimeSeconds($start)
        @(Invoke-Expression "Get-CdbDatapoint minutes $Range" | ForEach-Object Data) | Should -Be @($Expected)
    }

    It 'reads the last hour' {
        $null = New-CdbStream recent
        Add-CdbDatapoint recent 'old' -Timestamp 2h
        Add-CdbDatapoint recent 'new' -Timestamp 30m
        (Get-CdbDatapoint recent -Since 1h).Data | Should -Be 'new'
        (Get-CdbDatapoint recent -Since 3600s).Data | Should -Be 'new'
        (Get-CdbDatapoint recent -Since 1d).Data | Should -Be @('old', 'new')
        (Get-CdbDatapoint recent -Since ([timespan]::FromHours(3))).Data | Should -Be @('old', 'new')
        (Get-CdbDatapoint recent -From 40m).Data | Should -Be 'new'
        (Get-CdbDatapoint recent -Since 7d -To 1h).Data | Should -Be 'old'
    }

    It 'reads <Since> as a duration, although PowerShell parses it as a number' -ForEach @(
        @{ Since = '7d'; Expected = 2, 3 }
        @{ Since = "'7d'"; Expected = 2, 3 }
        @{ Since = '9000s'; Expected = , 3 }
        @{ Since = '0s'; Expected = @() }
    ) {
        if (-not (Test-CdbItem spans)) {
            $null = New-CdbStream spans
            Add-CdbDatapoint spans 1, 2, 3 -Timestamp ([timespan]'9.00:00:00'), 48h, ([timespan]'00:00:10')
        }

        @(Invoke-Expression "Get-CdbDatapoint spans -Since $Since" | ForEach-Object Data) | Should -Be @($Expected)
        (Invoke-Expression "Measure-CdbStream spans -Since $Since").Count | Should -Be $Expected.Count
    }

    It 'finds a datapoint by its displayed time' {
        $null = New-CdbStream fine
        Add-CdbDatapoint fine 1, 2, 3 -Timestamp 1769860800.1234561, 1769860800.1234572, 1769860801
        $point = Get-CdbDatapoint fine -Index 1
        (Get-CdbDatapoint fine -From $point.Timestamp -To $point.Timestamp).Data | Should -Be 2
    }

    It 'runs a transform, and counts the limit after it' {
        (Get-CdbDatapoint minutes -Transform 'if $ > 6').Data | Should -Be @(7, 8, 9)
        (Get-CdbDatapoint minutes -Transform 'if $ > 2' -Limit 2).Data | Should -Be @(3, 4)
        (Get-CdbDatapoint minutes -Transform 'sum | if last').Data | Should -Be 45
    }

    It 'shows the position of a syntax error' {
        $problem = { Get-CdbDatapoint minutes -Transform 'if $ >' -ErrorAction Stop } | Should -Throw -ErrorId 'ScriptSyntax*' -PassThru
        $problem.TargetObject.Column | Should -BeGreaterThan 0
    }

    It 'returns datapoints with time, value and stream' {
        $point = Get-CdbDatapoint minutes -Index 1
        $point.Timestamp | Should -Be ([DateTimeOffset]::FromUnixTimeSeconds($start + 60))
        $point.T | Should -Be ($start + 60)
        $point.Data | Should -Be 1
        $point.D | Should -Be 1
        $point.Origin | Should -BeNullOrEmpty
        "$($point.Stream)" | Should -Be 'me/user/minutes'
    }

    It 'returns objects with properties, and lists as arrays' {
        $null = New-CdbStream things
        @{ a = 1; b = @(@{ c = 'x' }) } | Add-CdbDatapoint things
        (Get-CdbDatapoint things).Data.b[0].c | Should -Be 'x'
    }

    It 'distinguishes names that differ only in case' {
        $null = New-CdbStream cases
        $both = [System.Collections.Specialized.OrderedDictionary]::new([StringComparer]::Ordinal)
        $both['a'] = 1
        $both['A'] = 2
        , $both | Add-CdbDatapoint cases
        $data = (Get-CdbDatapoint cases).Data
        $data['a'], $data['A'] | Should -Be @(1, 2)
    }

    It 'returns arrays with -AsArray' {
        $raw = Get-CdbDatapoint minutes -First 3 -AsArray
        , $raw.Timestamps | Should -BeOfType [double[]]
        $raw.Timestamps | Should -Be @($start, ($start + 60), ($start + 120))
        $raw.Values | Should -Be @(0, 1, 2)
        $raw.Count | Should -Be 3
        $raw.Stream | Should -Be 'me/user/minutes'
        ($raw | Out-String) | Should -Match 'Int64\[\]'
    }

    It 'returns <Kind> with -AsArray for <Values>' -ForEach @(
        @{ Values = '1.5, 2.5'; Kind = 'Double[]' }
        @{ Values = '1, 2'; Kind = 'Int64[]' }
        @{ Values = '1.5, 2'; Kind = 'Double[]' }
        @{ Values = '$true, $false'; Kind = 'Boolean[]' }
        @{ Values = "'a', 'b'"; Kind = 'String[]' }
        @{ Values = "'a', 1.5"; Kind = 'Object[]' }
        @{ Values = '1.5, $null'; Kind = 'Object[]' }
        @{ Values = '1.5, 12345678901234567890'; Kind = 'Object[]' }
    ) {
        $stream = New-EmptyStream
        $expected = Invoke-Expression $Values
        Add-CdbDatapoint $stream $expected -Timestamp 1, 2.5
        $raw = Get-CdbDatapoint $stream -AsArray
        $raw.Values.GetType().Name | Should -Be $Kind
        $raw.Timestamps | Should -Be @(1, 2.5)
        $raw.Values -join '|' | Should -BeExactly ($expected -join '|')
    }

    It 'returns one object for each stream with -AsArray' {
        $null = New-CdbStream other, empty
        Add-CdbDatapoint other 42.5 -Timestamp 1
        ('other', 'minutes', 'empty' | Get-CdbDatapoint -AsArray).Stream | Should -Be @('me/user/other', 'me/user/minutes', 'me/user/empty')
        (Get-CdbDatapoint minutes -Index 0, 1, 4 -AsArray).Values | Should -Be @(0, 1, 4)
        (Get-CdbDatapoint minutes -AsArray -Transform '$ + 0.5' -Limit 1).Values | Should -Be 0.5
        (Get-CdbDatapoint empty -AsArray).Values.GetType().Name | Should -Be 'Double[]'
    }

    It 'accepts streams from the pipeline' {
        (Get-CdbStream minutes | Get-CdbDatapoint -Last 1).Data | Should -Be 9
        ([pscustomobject]@{ Path = 'me/user/minutes' } | Get-CdbDatapoint -Last 1).Data | Should -Be 9
        (Get-CdbDatapoint user/minutes -Last 1).Data | Should -Be 9
    }

    It 'returns the first datapoint before the last is read' {
        $null = New-CdbStream many
        Add-CdbDatapoint many -Value (1..200000)
        (Get-CdbDatapoint many | Select-Object -First 1).Data | Should -Be 1
    }

    It 'reports a stream that does not exist, and continues with the others' {
        $points = 'nothing', 'minutes' | Get-CdbDatapoint -Last 1 -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'NotFound*'
        $problems[0].TargetObject | Should -Be 'nothing'
        $points.Data | Should -Be 9
    }

    It 'rejects <_>' -ForEach '-Index x', '-Index 1 -From 1h', '-First -1', '-First 1 -Last 1' {
        { Invoke-Expression "Get-CdbDatapoint minutes $_ -ErrorAction Stop" } | Should -Throw
    }

    It 'rejects a range that ends before it starts: <_>' -ForEach @(
        'Get-CdbDatapoint minutes -From 2026-12-01 -To 2026-01-01'
        'Get-CdbDatapoint minutes -Since 1h -To 2026-01-01'
        'Measure-CdbStream minutes -From 2026-12-01 -To 2026-01-01'
        'Invoke-CdbMerge minutes -From 2026-12-01 -To 2026-01-01'
        'Invoke-CdbMerge @{ Stream = "minutes"; From = "2026-12-01"; To = "2026-01-01" }'
        'Export-CdbCsv "$TestDrive/range.csv" minutes -From 2026-12-01 -To 2026-01-01'
    ) {
        { & ([scriptblock]::Create("$_ -ErrorAction Stop")) } | Should -Throw '*ends at 2026-*before it starts*' -ErrorId 'InvalidRange*'
    }

    It 'reads a range of one time' {
        (Get-CdbDatapoint minutes -From 2026-01-31T18:01:00Z -To 2026-01-31T18:01:00Z).Data | Should -Be 1
    }

    It 'rejects two starts' {
        { Get-CdbDatapoint minutes -From 1h -Since 2h -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRange*'
    }

    It 'reads from the given connection' {
        $own = Get-CdbConnection
        $other = Connect-Cdb -Path (Join-Path $TestDrive 'other.cdb')
        (Get-CdbDatapoint minutes -First 1 -Connection $own).Data | Should -Be 0
        { Get-CdbDatapoint minutes -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*'
        Disconnect-Cdb $other
    }

    It 'rejects an invalid time, and lists the accepted forms' {
        { Get-CdbDatapoint minutes -From 'the day after' } | Should -Throw -ExpectedMessage '*ISO 8601*'
    }
}

Describe 'A file of datapoints in the culture <_>' -ForEach 'en-GB', 'en-US', 'th-TH', 'de-DE', 'sv-SE', 'ar-SA', 'fa-IR', 'tr-TR' {
    BeforeAll {
        . "$PSScriptRoot/store.ps1"
        $culture = [cultureinfo]::CurrentCulture
        [cultureinfo]::CurrentCulture = $_
        $random = [Random]::new(13)
        $times = 0..99 | ForEach-Object { 1e9 + $random.Next(700000000) + [Math]::Round($random.NextDouble(), $random.Next(8)) } | Sort-Object
        $values = 0..99 | ForEach-Object { ($random.NextDouble() - 0.5) * [Math]::Pow(10, $random.Next(-20, 21)) }
        $from = New-EmptyStream number
        Add-CdbDatapoint $from ([double[]] $values) -Timestamp ([double[]] $times)
        $to = New-EmptyStream number
    }

    AfterAll {
        [cultureinfo]::CurrentCulture = $culture
        Get-CdbConnection | Disconnect-Cdb
    }

    It 'comes back exactly by the properties <_>' -ForEach 'Timestamp, Data', 'Time, Data', 'Time, D' {
        $time, $value = $_ -split ', '
        $to = New-EmptyStream number
        Get-CdbDatapoint $from | Select-Object $time, $value | Export-Csv "$TestDrive/out.csv"
        Import-Csv "$TestDrive/out.csv" | Add-CdbDatapoint $to -TimestampProperty $time -ValueProperty $value
        (Get-CdbDatapoint $to).T | Should -Be (Get-CdbDatapoint $from).T
        (Get-CdbDatapoint $to).D | Should -Be (Get-CdbDatapoint $from).D
    }

    It 'comes back exactly from JSON' {
        Get-CdbDatapoint $from | Select-Object Time, Data | ConvertTo-Json | ConvertFrom-Json | Add-CdbDatapoint $to -TimestampProperty Time -ValueProperty Data
        (Get-CdbDatapoint $to).T | Should -Be (Get-CdbDatapoint $from).T
        (Get-CdbDatapoint $to).D | Should -Be (Get-CdbDatapoint $from).D
    }

    It 'has arrays and objects as JSON' {
        $stream = New-EmptyStream
        [pscustomobject]@{ t = 1769882400; d = @{ x = -1.5 } }, [pscustomobject]@{ t = 1769882401; d = 0.5, @(-1) } | Add-CdbDatapoint $stream
        (Get-CdbDatapoint $stream | Select-Object Data | ConvertTo-Csv | ConvertFrom-Csv).Data | Should -Be '{"x":-1.5}', '[0.5,[-1]]'
        (Get-CdbDatapoint $stream -First 1).Data | ConvertTo-Csv | Select-Object -Last 1 | Should -Be '"-1.5"'
    }

    It 'gives values of the schema <Schema> back' -ForEach @{ Schema = 'object'; Value = @{ x = -1.5; y = @(1, 'a') } }, @{ Schema = 'array'; Value = 0.5, @(-1) }, @{ Schema = 'boolean'; Value = $true } {
        $stream = New-EmptyStream $Schema
        $to = New-EmptyStream $Schema
        [pscustomobject]@{ t = 1769882400; d = $Value } | Add-CdbDatapoint $stream
        Get-CdbDatapoint $stream | Select-Object Time, Data | ConvertTo-Csv | ConvertFrom-Csv | Add-CdbDatapoint $to
        "$((Get-CdbDatapoint $to).GetValue())" | Should -Be "$((Get-CdbDatapoint $stream).GetValue())"
        (Get-CdbDatapoint $to).GetValue().Kind | Should -Be $Schema
    }

    It 'has times and numbers that are still dates and numbers' {
        $point = Get-CdbDatapoint $from -Last 1
        $point.Timestamp | Should -BeOfType DateTimeOffset
        $point.Timestamp.ToString('HH', [cultureinfo]::InvariantCulture) | Should -Be $point.Timestamp.UtcDateTime.Hour.ToString('00')
        $point.Data | Should -BeOfType double
        ($point.Data * 2 / 2) | Should -Be $values[-1]
        ($point | ConvertTo-Json | ConvertFrom-Json).Data | Should -Be $values[-1]
    }

    It 'is shown in the Gregorian calendar' {
        $year = "$([DateTimeOffset]::FromUnixTimeSeconds($times[-1]).ToLocalTime().Year)-"
        Get-CdbDatapoint $from -Last 1 | Out-String | Should -BeLike "*$year*"
        Get-CdbDatapoint $from -Last 1 | Format-List | Out-String | Should -BeLike "*$year*"
        Measure-CdbStream $from | Out-String -Width 200 | Should -BeLike "*$year*"
        Measure-CdbStream $from | Format-List | Out-String | Should -BeLike "*$year*"
        Get-CdbConnection | Format-List * | Out-String | Should -BeLike "*$([DateTime]::UtcNow.ToString('yyyy', [cultureinfo]::InvariantCulture))-*"
    }
}
