BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $null = New-CdbStream temperature -Schema number
    $null = New-CdbStream tension -Downlink
    $null = New-CdbDevice pi -Public -Stream @{ pressure = @{} }
    1..3 | Add-CdbDatapoint temperature
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Get-CdbStream' {
    It 'lists the streams of one''s own device' {
        (Get-CdbStream).Name | Should -Contain 'temperature'
        (Get-CdbStream).Name | Should -Not -Contain 'pressure'
    }

    It 'looks into all devices with -Recurse' {
        (Get-CdbStream -Recurse).Name | Should -Contain 'pressure'
    }

    It 'takes names, paths and wildcards' {
        (Get-CdbStream 'te*').Name | Sort-Object | Should -Be @('temperature', 'tension')
        (Get-CdbStream 'pi/pressure').Name | Should -Be 'pressure'
        (Get-CdbStream 'me/*/p*').Name | Should -Contain 'pressure'
    }

    It 'takes devices from the pipeline' {
        (Get-CdbDevice pi | Get-CdbStream).Name | Should -Contain 'pressure'
    }

    It 'narrows to downlinks and to public devices' {
        (Get-CdbStream -Downlink).Name | Should -Be 'tension'
        (Get-CdbStream -Public -Recurse).Name | Should -Be 'pressure'
    }

    It 'knows the count and the last datapoint' {
        $stream = Get-CdbStream temperature
        $stream.Count | Should -Be 3
        $stream.LastDatapoint.Data | Should -Be 3
    }

    It 'shows the count and the last value by default' {
        Get-CdbStream temperature | Out-String | Should -Match 'temperature\s+3\b'
    }

    It 'names the stream that is not there' {
        { Get-CdbStream nothing -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage '*nothing*'
    }
}
