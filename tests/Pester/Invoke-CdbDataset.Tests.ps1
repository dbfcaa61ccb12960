Describe 'Invoke-CdbDataset <_>' -ForEach 'in a file', 'over a server' {
    BeforeAll {
        . "$PSScriptRoot/store.ps1" $_
        $start = 1769882400
        $null = New-CdbStream temperature
        $null = New-CdbStream rain
        Add-CdbDatapoint temperature -Value (0..11) -Timestamp (0..11 | ForEach-Object { $start + 300 * $_ })
        Add-CdbDatapoint rain -Value 1, 2 -Timestamp ($start + 600), ($start + 2400)
    }

    AfterAll {
        Get-CdbConnection | Disconnect-Cdb
        Stop-CdbServer
    }

    It 'returns a row for each interval, with columns in the given order' {
        $rows = Invoke-CdbDataset -From $start -To ($start + 3600) -Every 30m -Column ([ordered]@{ temp = 'temperature:closest'; rain = 'rain:sum' })
        $rows[0].PSObject.Properties.Name | Should -Be @('Timestamp', 'temp', 'rain', 'Time')
        $rows[1].temp | Should -Be 6
        $rows[1].rain | Should -Be 1
        $rows[1].Timestamp.ToUnixTimeSeconds() | Should -Be ($start + 1800)
    }

    It 'writes times and numbers to a file, from which they come back exactly, in the culture <_>' -ForEach 'en-GB', 'th-TH', 'de-DE', 'sv-SE', 'ar-SA' {
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = $_
            $rows = Invoke-CdbDataset -From ($start + 0.25) -To ($start + 3600) -Every 30m -Column 'temperature:linear'
            $read = $rows | ConvertTo-Csv | ConvertFrom-Csv
            foreach ($name in 'Timestamp', 'Time') {
                $stream = New-EmptyStream number
                $read | Add-CdbDatapoint $stream -TimestampProperty $name -ValueProperty temperature
                (Get-CdbDatapoint $stream).T | Should -Be ($start + 0.25), ($start + 1800.25)
                (Get-CdbDatapoint $stream).D | Should -Be $rows.temperature
            }
            $rows[0] | Out-String | Should -BeLike "*$([DateTimeOffset]::FromUnixTimeSeconds($start).ToLocalTime().Year)-*"
            $rows[0] | Out-String | Should -Not -BeLike '*Time *Time *'
        }
        finally { [cultureinfo]::CurrentCulture = $culture }
    }

    It 'returns a row for each datapoint of a stream' {
        $rows = Invoke-CdbDataset -X rain -Column @{ temp = 'temperature:before' }
        $rows.x | Should -Be @(1, 2)
        $rows.temp | Should -Be @(2, 8)
    }

    It 'returns an array for each column with -AsArray' {
        $raw = Invoke-CdbDataset -X rain -Column @{ temp = 'temperature:before' } -AsArray
        $raw.PSObject.Properties.Name | Should -Be @('Timestamps', 'x', 'temp')
        $raw.Timestamps | Should -Be @(($start + 600), ($start + 2400))
        $raw.x | Should -Be @(1, 2)
        $raw.temp | Should -Be @(2, 8)
    }

    It 'has a column for each value of a label, or one for all streams with it' {
        $null = New-CdbStream attic, attic2 -Label @{ room = 'attic'; kind = 'temp' }
        $null = New-CdbStream hall -Label @{ room = 'hall'; kind = 'temp' }
        Add-CdbDatapoint attic -Value 1, 3 -Timestamp ($start + 60), ($start + 660)
        Add-CdbDatapoint attic2 -Value 3, 5 -Timestamp ($start + 120), ($start + 720)
        Add-CdbDatapoint hall -Value 10 -Timestamp ($start + 60)
        $range = @{ From = $start; To = $start + 1200; Every = '10m' }
        $rows = Invoke-CdbDataset @range -Column @{ Label = @{ room = '*'; kind = 'temp' }; By = 'room'; Interpolator = 'mean' } -AllowNull
        $rows[0].PSObject.Properties.Name | Should -Be @('Timestamp', 'attic', 'hall', 'Time')
        $rows.attic | Should -Be $null, 2, 4
        $rows[1].hall | Should -Be 10
        $both = Invoke-CdbDataset @range -Column ([ordered]@{ n = @{ Label = @{ kind = 'temp' }; Interpolator = 'count' }; each = @{ Label = @{ kind = 'temp' }; By = 'room' }; rain = 'rain:sum' }) -AllowNull
        $both[0].PSObject.Properties.Name | Should -Be @('Timestamp', 'n', 'each_attic', 'each_hall', 'rain', 'Time')
        $both.n | Should -Be 0, 3, 2
        { Invoke-CdbDataset @range -Column @{ Label = @{ room = 'cellar' } } } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage '*room=cellar*'
        { Invoke-CdbDataset @range -Column @{ Label = @{ room = '*' }; By = 'floor' } } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage "*'floor'*"
        { Invoke-CdbDataset @range -Column @{ Label = @{} } } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage '*needs labels*'
    }

    It 'accepts a script as interpolator' {
        $rows = Invoke-CdbDataset -X rain -Column @{ highest = 'temperature:max | if last' }
        $rows.highest | Should -Be @(2, 8)
    }

    It 'merges streams into a column' {
        $rows = Invoke-CdbDataset -From $start -To ($start + 3600) -Every 1h -Column @{ n = @{ Merge = 'temperature', 'rain'; Interpolator = 'count' } }
        $rows[-1].n | Should -BeGreaterThan 10
    }

    It 'omits rows without a value, unless -AllowNull is set' {
        $column = @{ rain = 'rain:before' }
        @(Invoke-CdbDataset -From $start -To ($start + 1200) -Every 5m -Column $column).Count |
            Should -BeLessThan @(Invoke-CdbDataset -From $start -To ($start + 1200) -Every 5m -Column $column -AllowNull).Count
    }

    It 'transforms rows with -PostTransform' {
        $rows = Invoke-CdbDataset -X rain -Column @{ temp = 'temperature:before' } -PostTransform 'if $("temp") > 5'
        @($rows).Count | Should -Be 1
        $rows.temp | Should -Be 8
    }

    It 'reports an unknown <What>' -ForEach @(
        @{ What = 'stream'; Column = @{ a = 'nothing:mean' }; Message = '*nothing*' }
        @{ What = 'interpolator'; Column = @{ a = 'temperature:maen' }; Message = '*maen*' }
    ) {
        { Invoke-CdbDataset -From $start -To ($start + 60) -Every 1m -Column $Column -ErrorAction Stop } | Should -Throw -ExpectedMessage $Message
    }

    It 'rejects a column named Timestamp, and invalid steps' {
        { Invoke-CdbDataset -From $start -To ($start + 60) -Every 1m -Column @{ Timestamp = 'rain:sum' } } | Should -Throw -ErrorId 'InvalidValue*'
        { Invoke-CdbDataset -From $start -To ($start + 60) -Every 0 -Column @{ a = 'rain:sum' } } | Should -Throw '*-Every*-X*' -ErrorId 'InvalidRange*'
    }

    It 'accepts <_> as a step of ten minutes' -ForEach '10m', '600', '00:10', '([timespan]::FromMinutes(10))' {
        @(Invoke-Expression "Invoke-CdbDataset temperature:closest -From $start -To $($start + 1800) -Every $_").Count | Should -Be 4
    }

    It 'accepts <_> as a column' -ForEach @(
        "@{ v = 'temperature:closest' }"
        "'temperature:closest'"
        "@{ v = @{ Stream = 'temperature'; Interpolator = 'closest' } }"
        "@{ v = @{ stream = 'me/user/temperature'; interpolator = 'closest'; allownil = `$false } }"
        "@{ v = @{ merge = 'temperature', @{ stream = 'rain'; last = 1 }; interpolator = 'closest' } }"
        "@{ v = 'temperature:`$' }"
        "'temperature'"
        "(Get-CdbStream temperature)"
        "@{ v = Get-CdbStream temperature }"
        "@{ v = @{ Stream = Get-CdbStream temperature } }"
        "@{ Stream = 'temperature'; Interpolator = 'closest' }"
        "(Get-CdbStream temperature | Select-Object Path)"
    ) {
        $rows = Invoke-Expression "Invoke-CdbDataset $_ -From $($start + 600) -To $($start + 1200) -Every 10m"
        $rows | ForEach-Object { @($_.PSObject.Properties.Value)[1] } | Should -Be @(2, 4)
    }

    It 'accepts a transform and a range for each column' {
        $column = @{ v = @{ stream = 'temperature'; transform = '$ + 100'; interpolator = 'closest'; to = $start } }
        (Invoke-CdbDataset $column -From $start -To ($start + 1200) -Every 10m).v | Should -Be @(100, 100, 100)
    }

    It 'returns rows at the times of a merge and of a range' {
        $x = @{ stream = 'rain'; first = 1 }, @{ stream = 'temperature'; first = 1 }, @{ stream = 'rain'; last = 1 }
        (Invoke-CdbDataset @{ v = 'temperature:before' } -X $x).x | Should -Be @(0, 1, 2)
        (Invoke-CdbDataset @{ v = 'temperature:before' } -X rain -From ($start + 601)).x | Should -Be 2
    }

    It 'returns arrays of numbers with -AsArray, also without rows' {
        $raw = Invoke-CdbDataset ([ordered]@{ z = 'temperature:mean'; a = 'temperature:closest' }) -From $start -To ($start + 1800) -Every 10m -AsArray
        $raw.PSObject.Properties.Name | Should -Be @('Timestamps', 'z', 'a')
        $raw.PSObject.Properties | ForEach-Object { $_.Value.GetType().Name } | Should -Be @('Double[]', 'Double[]', 'Int64[]')
        $raw.a | Should -Be @(0, 2, 4, 6)
        (Invoke-CdbDataset @{ t = 'temperature:closest' } -X rain -To 2020-01-01 -AsArray).t.Count | Should -Be 0
        { Invoke-CdbDataset @{ t = 'temperature:closest' } -X rain -AsArray -PostTransform '$' -ErrorAction Stop } | Should -Throw -ExpectedMessage '*-PostTransform*'
    }

    It 'returns datapoints with -PostTransform' {
        (Invoke-CdbDataset -X rain -Column @{ temp = 'temperature:before' } -PostTransform '$("temp")').Data | Should -Be @(2, 8)
    }

    It 'returns the first rows before it computes the last' {
        # Ten years of milliseconds would take hours and more memory than there is.
        (Invoke-CdbDataset temperature:closest -From $start -To ($start + 315360000) -Every 0.001 -Force | Select-Object -First 1).temperature | Should -Be 0
    }

    It 'allows a column x when no stream defines the times' {
        (Invoke-CdbDataset @{ x = 'temperature:closest' } -From $start -To ($start + 600) -Every 10m).x | Should -Be @(0, 2)
    }

    It 'rejects <Query> with <Id>, and returns nothing' -ForEach @(
        @{ Query = 'temperature:closest -From $start -To ($start + 315360000) -Every 0.001'; Id = 'InvalidRange' }
        @{ Query = 'temperature:closest -From $start -To ($start - 3600) -Every 1h'; Id = 'InvalidRange' }
        @{ Query = 'temperature:closest -Every 1h'; Id = 'InvalidRange' }
        @{ Query = "@{ X = 'temperature:closest' } -X rain"; Id = 'InvalidValue' }
        @{ Query = 'temperature:closest, temperature:mean -X rain'; Id = 'InvalidValue' }
        @{ Query = 'temperature: -X rain'; Id = 'InvalidValue' }
        @{ Query = "@{ v = ':mean' } -X rain"; Id = 'InvalidValue' }
        @{ Query = 'temperature:closest -From $start -To ($start + 3600) -Every 1d -TimeZone UTC'; Id = 'InvalidRange' }
        @{ Query = "@{ v = @{ stream = 'temperature'; interpolator = 'closest'; merge = 'rain' } } -X rain"; Id = 'InvalidValue' }
        @{ Query = 'nowhere:closest -X rain'; Id = 'NotFound' }
        @{ Query = 'temperature:closest -X nowhere'; Id = 'NotFound' }
        @{ Query = 'temperature:nonsense -X rain'; Id = 'ScriptSyntax' }
        @{ Query = 'temperature:closest -X rain -PostTransform cuont'; Id = 'ScriptSyntax' }
    ) {
        $results = [System.Collections.ArrayList]::new()
        { Invoke-Expression "Invoke-CdbDataset $Query -ErrorAction Stop" | ForEach-Object { $results.Add($_) } } | Should -Throw -ErrorId "$Id*"
        $results | Should -BeNullOrEmpty
    }

    It 'makes a column of each stream in the pipeline, with the interpolator given' {
        $rows = Get-CdbStream temperature, rain | Invoke-CdbDataset -From ($start + 600) -To ($start + 1800) -Every 20m -Interpolator max -AllowNull
        $rows[0].PSObject.Properties.Name[1..2] | Should -Be @('temperature', 'rain')
        $rows.temperature | Should -Be @(2, 6)
        $rows.rain | Should -Be @(1, $null)
    }

    It 'names the columns of streams with the same name after their devices too' {
        $null = New-CdbDevice pi -Stream @{ temperature = @{} }
        $rows = Invoke-CdbDataset temperature, pi/temperature, rain -From $start -To ($start + 600) -Every 10m -AllowNull
        $rows[0].PSObject.Properties.Name[1..3] | Should -Be @('user/temperature', 'pi/temperature', 'rain')
    }

    It 'leaves out rows without a mean, or shows null' {
        $dataset = @{ Column = @{ rain = 'rain:mean' }; From = $start; To = $start + 2400; Every = '10m' }
        (Invoke-CdbDataset @dataset).rain | Should -Be @(1, 2)
        (Invoke-CdbDataset @dataset -AllowNull).rain | Should -Be @($null, 1, $null, $null, 2)
        (Invoke-CdbDataset @dataset -AsArray).rain.GetType().Name | Should -Be 'Double[]'
    }

    Context 'with hourly values around a change of the clock in Berlin' {
        BeforeAll {
            $null = New-CdbStream hours
            $from = [DateTimeOffset]'2026-03-28T00:00+01:00'
            $to = [DateTimeOffset]'2026-03-31T00:00+02:00'
            $first = $from.ToUnixTimeSeconds()
            Add-CdbDatapoint hours -Value (0..70) -Timestamp (0..70 | ForEach-Object { $first + 3600 * $_ })
        }

        It 'makes a row at each local midnight' {
            $rows = Invoke-CdbDataset hours -From $from -To $to -Every 1d -TimeZone Europe/Berlin
            $rows.Timestamp | ForEach-Object ToString 'yyyy-MM-ddTHH:mmzzz' |
                Should -Be '2026-03-28T00:00+01:00', '2026-03-29T00:00+01:00', '2026-03-30T00:00+02:00', '2026-03-31T00:00+02:00'
            $rows.hours | Should -Be 0, 24, 47, 70
        }

        It 'covers the day that begins at the row with -Stamp Start, and the one that ends there without' {
            (Invoke-CdbDataset hours:count -From $from -To $to -Every 1d -TimeZone 'W. Europe Standard Time' -Stamp Start).hours | Should -Be 24, 23, 24
            (Invoke-CdbDataset hours:count -From $from -To $to -Every 1d -TimeZone Europe/Berlin).hours | Should -Be 1, 24, 23, 23
        }

        It 'takes a day as 24 hours without a time zone, and where it is given as a time span' {
            foreach ($step in { -Every 1d }, { -Every 24h -TimeZone Europe/Berlin }, { -Every ([timespan]'1.00:00') -TimeZone Europe/Berlin }) {
                (Invoke-Expression "Invoke-CdbDataset hours -From `$from -To `$to $step").hours | Should -Be 0, 24, 48
            }
        }

        It 'warns when days without a time zone move to another time of the day' -Skip:$IsWindows {
            $zone = $env:TZ
            try {
                $env:TZ = 'Europe/Berlin'
                [TimeZoneInfo]::ClearCachedData()
                $null = Invoke-CdbDataset hours -From $from -To $to -Every 1d -WarningVariable moved -WarningAction SilentlyContinue
                $moved | Should -BeLike '*on 2026-03-30 the rows move from 00:00 to 01:00*-TimeZone Local*'
                $null = Invoke-CdbDataset hours -From $from -To $to -Every 24h -WarningVariable equal
                $null = Invoke-CdbDataset hours -From $from -To $to -Every 1d -TimeZone Local -WarningVariable calendar
                $null = Invoke-CdbDataset hours -From $from -To $from.AddDays(1) -Every 1d -WarningVariable before
                "$equal$calendar$before" | Should -BeNullOrEmpty
            }
            finally {
                $env:TZ = $zone
                [TimeZoneInfo]::ClearCachedData()
            }
        }

        It 'makes rows at the start of each <Unit> with <Step>' -ForEach @(
            @{ Step = '1w'; Unit = 'week'; First = '2026-02-02T00:00+01:00'; Second = '2026-02-09T00:00+01:00' }
            @{ Step = '1mo'; Unit = 'month'; First = '2026-03-01T00:00+01:00'; Second = '2026-04-01T00:00+02:00' }
            @{ Step = "'2mo'"; Unit = 'second month'; First = '2026-03-01T00:00+01:00'; Second = '2026-05-01T00:00+02:00' }
            @{ Step = '1q'; Unit = 'quarter'; First = '2026-04-01T00:00+02:00'; Second = '2026-07-01T00:00+02:00' }
            @{ Step = '1y'; Unit = 'year'; First = '2027-01-01T00:00+01:00'; Second = '2028-01-01T00:00+01:00' }
        ) {
            $rows = Invoke-Expression "Invoke-CdbDataset hours -From 2026-02-01T12:00Z -To 2029-01-01 -Every $Step -TimeZone Europe/Berlin"
            $rows[0..1].Timestamp | ForEach-Object ToString 'yyyy-MM-ddTHH:mmzzz' | Should -Be $First, $Second
        }

        It 'reads -From and -To without an offset in the time zone' {
            foreach ($day in '2026-03-28', '2026-03-28 00:00', [datetime]'2026-03-28') {
                $rows = Invoke-CdbDataset hours:count -From $day -To 2026-03-31 -Every 1d -TimeZone Europe/Berlin -Stamp Start
                $rows.hours | Should -Be 24, 23, 24
                $rows[0].Timestamp.ToUnixTimeSeconds() | Should -Be $first
            }

            (Invoke-CdbDataset hours -From 2026-03-28T00:00Z -To 2026-03-30T00:00Z -Every 1d -TimeZone Europe/Berlin)[0].Timestamp.ToUnixTimeSeconds() |
                Should -Be ($first + 24 * 3600)
            { Invoke-CdbDataset hours -From 2026-03-29T02:30 -Every 1h -TimeZone Europe/Berlin -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue*'
            { Invoke-CdbDataset hours -From yesterday -Every 1h -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue*'
        }

        It 'refuses what is no step or time zone, and says what is' {
            { Invoke-CdbDataset hours -From $from -Every '1 fortnight' } | Should -Throw -ExpectedMessage "*'1mo'*"
            { Invoke-CdbDataset hours -From $from -Every 1d -TimeZone Europe/Nowhere } | Should -Throw -ExpectedMessage "*'Europe/Berlin'*"
        }
    }
}
