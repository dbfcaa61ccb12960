BeforeAll {
    $ErrorActionPreference = 'Stop'
    Import-Module ($env:CONNECTORDB_MANIFEST ?? "$PSScriptRoot/../../ConnectorDb.psd1")

    # Columns that show a part of another property, or their own shortened. Users find them by the heading, so each is listed here.
    $derived = @{
        'Datapoint.Time' = 'Timestamp'
        'Datapoint#Merged.Time' = 'Timestamp'
        'DatapointArrays.First' = 'Timestamps'
        'DatapointArrays.Last' = 'Timestamps'
        'CdbConnection.Default' = 'IsDefault'
        'CdbStream.Datapoints' = 'Datapoints'
        'CdbStream.Last' = 'LastDatapoint'
        'CdbStream.LastTime' = 'LastDatapoint'
        'CdbStream#Trend.Last' = 'LastDatapoint'
        'CdbStream#Trend.Age' = 'LastDatapoint'
        'CdbPoller.Lag99 (ms)' = 'Status'
        'DeadLetter.Timestamp' = 'Point'
        'DeadLetter.Data' = 'Point'
        'WaitingEntry.Time' = 'Point'
        'WaitingEntry.Data' = 'Point'
    }

    function Get-Property($TypeName) {
        $type = $TypeName -replace '#.*' -as [type]
        $type | Should -Not -BeNullOrEmpty -Because "the view of '$TypeName' is for a type"
        $type.GetProperties().Name
        (Get-TypeData $TypeName).Members.Keys

        # Get-CdbStream -Trend adds it to each object.
        if ($TypeName -like '*#Trend') { 'Trend' }
    }

    function Get-Column {
        foreach ($format in Get-FormatData 'ConnectorDb.*') {
            foreach ($control in $format.FormatViewDefinition.Control) {
                if ($control -is [System.Management.Automation.TableControl]) {
                    for ($i = 0; $i -lt $control.Headers.Count; $i++) {
                        $entry = $control.Rows[0].Columns[$i].DisplayEntry
                        [pscustomobject]@{ Type = $format.TypeName; Label = $control.Headers[$i].Label ?? $entry.Value; Entry = $entry }
                    }
                }
                else {
                    foreach ($line in $control.Entries[0].Items) {
                        [pscustomobject]@{ Type = $format.TypeName; Label = $line.Label ?? $line.DisplayEntry.Value; Entry = $line.DisplayEntry }
                    }
                }
            }
        }
    }
}

Describe 'The views' {
    It 'show properties of the objects under the names of the properties' {
        $columns = @(Get-Column)
        $columns.Count | Should -BeGreaterThan 80
        $wrong = foreach ($column in $columns) {
            $name = "$($column.Type -replace '^.*\.').$($column.Label)"
            $source = $derived[$name] ?? $column.Label
            $isShown = $derived.ContainsKey($name) -or
                ($column.Entry.ValueType -eq 'Property' ? $column.Entry.Value -ceq $source : $column.Entry.Value -match "\`$_\.(PSBase\.)?$source\b")
            if ($source -notin @(Get-Property $column.Type) -or -not $isShown) { $name }
        }
        $wrong | Should -BeNullOrEmpty
    }

    It 'list no derived column that does not exist' {
        $names = Get-Column | ForEach-Object { "$($_.Type -replace '^.*\.').$($_.Label)" }
        $derived.Keys | Where-Object { $_ -notin $names } | Should -BeNullOrEmpty
    }
}

Describe 'The views in the culture <_>' -ForEach 'fa-IR', 'ar-SA', 'th-TH', 'de-DE', 'sv-SE' {
    BeforeAll {
        . "$PSScriptRoot/store.ps1"
        $culture = [cultureinfo]::CurrentCulture
        $mark = [regex]::Escape([cultureinfo]::new($_).NumberFormat.NumberDecimalSeparator)
        $null = New-CdbStream heat -Schema number
        Add-CdbDatapoint heat -Value -1.75, -3, 1234567.5 -Timestamp 1769882400.25, 1769882401, 1769882402
        [cultureinfo]::CurrentCulture = $_
    }

    AfterAll {
        [cultureinfo]::CurrentCulture = $culture
        Get-CdbConnection | Disconnect-Cdb
    }

    It 'show <What> with times that parameters take, and numbers as PowerShell shows one' -ForEach @(
        @{ What = 'datapoints'; Script = { Get-CdbDatapoint heat } }
        @{ What = 'merged datapoints'; Script = { Invoke-CdbMerge heat } }
    ) {
        foreach ($text in (& $Script | Out-String -Width 200), (& $Script | Format-List | Out-String -Width 200)) {
            $text | Should -Match '2026-01-31'
            foreach ($number in -1.75, -3, 1234567.5) { $text | Should -Match "[ :]$([regex]::Escape(($number | Out-String).Trim()))\r?\n" }
        }
    }

    It 'show rows of datasets as PowerShell shows objects' {
        $text = Invoke-CdbDataset heat -From 1769882400.25 -To 1769882403 -Every 1s | Out-String -Width 200
        $text | Should -Match '2026-01-31'
        $text | Should -Match ([regex]::Escape(([pscustomobject]@{ heat = -1.75 } | Format-Table -HideTableHeaders | Out-String).Trim()))
    }

    It 'show a stream, its summary and its logger with times that parameters take' {
        $logger = New-CdbLogger "$TestDrive/log.db" -Sink (New-CdbSink -CsvFile "$TestDrive/out.csv")
        foreach ($one in & { Get-CdbStream heat; $logger; $logger.Destinations; Get-CdbConnection; Get-CdbInfo }) {
            foreach ($text in ($one | Out-String -Width 300), ($one | Format-List | Out-String -Width 300)) { $text -replace $mark, '.' | Should -Not -Match '[^\u0000-\u007F]' }
        }
        $number = [regex]::Escape((1234567.5 | Out-String).Trim())
        foreach ($text in (Measure-CdbStream heat | Out-String -Width 300), (Measure-CdbStream heat | Format-List | Out-String)) {
            $text | Should -Match '2026-01-31'
            $text | Should -Match $number
        }
        $logger | Remove-CdbLogger -Confirm:$false
    }
}

Describe 'Labels in a table' {
    It 'read as they are typed' {
        $labels = [ConnectorDb.LabelSet]::Parse('hall=1; row=2')
        [pscustomobject]@{ Labels = $labels } | Out-String | Should -Match '\{hall=1, row=2\}'
        [pscustomobject]@{ Labels = $labels } | Format-List | Out-String | Should -Match '\{hall=1, row=2\}'
        ([pscustomobject]@{ Labels = $labels } | ConvertTo-Json -Compress) | Should -Be '{"Labels":{"hall":"1","row":"2"}}'
    }
}

Describe 'A table of long texts in a window of 80 columns' {
    BeforeAll {
        . "$PSScriptRoot/store.ps1"
        $folder = New-Item "$TestDrive/a folder with a long name, as they are/and another one in it" -ItemType Directory
        $long = 'a_name_of_twenty_nine_letters'
        $logger = New-CdbLogger "$folder/logger.db" -Sink (New-CdbSink -ConnectorDb $store), (New-CdbSink -Name 'a destination with a name' -JsonFile "$folder/lines.jsonl")
        $null = New-CdbStream $long -Schema number
        Add-CdbDatapoint $long 1 -Timestamp 2026-01-02Z
        Add-CdbLoggerStream $long -Force
        Add-CdbLoggerStream second -Description 'a description of a stream' -Schema number -Force
        Write-CdbLog $long 1.123456789012345 -Timestamp 2026-01-01Z
        $waiting = Get-CdbLogger -Waiting
        $result = Sync-CdbLogger
        Add-CdbPollItem $long system.uptime -Interval 1h -Path "$folder/poll.json" -Stream "me/user/$long" -Unit s
        $poller = Start-CdbPoller "$folder/poll.json" -Logger $logger
        $subscription = Register-CdbSubscription $long { }
    }

    AfterAll {
        Stop-CdbPoller
        Stop-CdbLogger -WarningAction Ignore
        Get-CdbConnection | Disconnect-Cdb
    }

    It 'has all columns, and the whole text of <What>' -ForEach @(
        @{ What = 'loggers'; Of = { $logger }; Text = 'logger.db' }
        @{ What = 'destinations'; Of = { $logger.Destinations }; Text = 'a destination with a name' }
        @{ What = 'waiting entries'; Of = { $waiting }; Text = '1.123456789012345' }
        @{ What = 'entries that were set aside'; Of = { Get-CdbLogger -SetAside }; Text = 'a_name_of_twenty_nine_letters' }
        @{ What = 'results of a sync'; Of = { $result }; Text = 'setaside' }
        @{ What = 'declared streams'; Of = { $logger.Channels }; Text = 'a description of a stream' }
        @{ What = 'poll items of a file'; Of = { Get-CdbPollItem -Path "$folder/poll.json" }; Text = 'me/user/a_name_of_twenty_nine_letters' }
        @{ What = 'poll items of a poller'; Of = { Get-CdbPollItem }; Text = 'a_name_of_twenty_nine_letters' }
        @{ What = 'pollers'; Of = { $poller }; Text = '' }
        @{ What = 'subscriptions'; Of = { $subscription }; Text = 'me/user/a_name_of_twenty_nine_letters' }
        @{ What = 'summaries of streams'; Of = { Measure-CdbStream $long }; Text = '00:00' }
        @{ What = 'results of an append'; Of = { Add-CdbDatapoint $long x -PassThru -ErrorAction Ignore }; Text = '"x" is not of type number.' }
        @{ What = 'connections'; Of = { Get-CdbConnection }; Text = '' }
    ) {
        $objects = @(& $of)
        $objects | Should -Not -BeNullOrEmpty
        $lines = @(($objects | Out-String -Width 80) -split '\r?\n' | Where-Object { $_ })
        $lines.Length | ForEach-Object { $_ | Should -BeLessOrEqual 80 }
        $table = (Get-FormatData $objects[0].GetType().FullName).FormatViewDefinition.Control[0]
        $labels = 0..($table.Headers.Count - 1) | ForEach-Object { $table.Headers[$_].Label ?? $table.Rows[0].Columns[$_].DisplayEntry.Value }
        -split $lines[0] | Should -Be (-split "$labels")

        # The text of a cell that continues below, column by column.
        $starts = @([regex]::Matches($lines[1], '-+').Index; 80)
        $cells = for ($i = 0; $i -lt $starts.Count - 1; $i++) { -join ($lines | Select-Object -Skip 2 | ForEach-Object { $_.PadRight(80).Substring($starts[$i], $starts[$i + 1] - $starts[$i]).Trim() }) }
        "$cells" -replace ' ' | Should -BeLike "*$($text -replace ' ')*"
    }
}
