BeforeAll {
    . "$PSScriptRoot/store.ps1" 'over a server'
    function Start-Session([string] $Key) {
        $login = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes(":$Key"))
        $null = Invoke-RestMethod "$($server.Url)/api/v1/login" -Method Post -Headers @{ Authorization = "Basic $login" } -UserAgent 'Browser/1' -SessionVariable browser
        $browser
    }

    $password = ConvertTo-SecureString 'a long enough password' -AsPlainText -Force
    $null = New-CdbUser ada -Email ada@example.org -Password $password
    $mine = Start-Session $key
    $hers = Start-Session (Get-CdbDevice ada/user).ApiKey
    $file = Connect-Cdb -Path $store
    $null = Get-CdbConnection
}

AfterAll {
    Get-CdbConnection | Disconnect-Cdb
    Stop-CdbServer
}

Describe 'Get-CdbSession <_>' -ForEach 'over a server', 'in the file' {
    BeforeAll { $place = @{ Connection = $_ -eq 'in the file' ? $file : (Get-CdbConnection)[0] } }

    It 'lists all sessions for an administrator, with address, browser and times' {
        $sessions = Get-CdbSession @place
        $sessions.Device | Sort-Object | Should -Be 'ada/user', 'me/user'
        $sessions | ForEach-Object Address | Should -Be '127.0.0.1', '127.0.0.1'
        $sessions.Agent | Should -Be 'Browser/1', 'Browser/1'
        [math]::Round(($sessions[0].Expires - $sessions[0].Created).TotalDays, 6) | Should -Be 30
        $sessions[0].Created.GetType().Name | Should -Be 'DateTimeOffset'
    }

    It 'lists those of the users that are named or match' {
        (Get-CdbSession ada @place).Device | Should -Be 'ada/user'
        (Get-CdbSession 'a*' @place).Device | Should -Be 'ada/user'
        (Get-CdbUser ada @place | Get-CdbSession @place).Device | Should -Be 'ada/user'
        Get-CdbSession 'z*' @place | Should -BeNullOrEmpty
    }

    It 'reports a user that does not exist' {
        { Get-CdbSession nobody-here @place -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage '*nobody-here*'
    }

    It 'shows the times of a session in the calendar of ISO 8601 in every culture' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'th-TH'
            $year = (Get-Date).ToUniversalTime().ToString('yyyy', [cultureinfo]::InvariantCulture)
            Get-CdbSession @place | Out-String | Should -Match "me/user +$year-"
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }
    }
}

Describe 'Get-CdbSession of a login with few rights' {
    It 'is refused' {
        $null = New-CdbDevice reader -Role reader -Connection $file
        $reader = Connect-Cdb -Path $store -As reader
        { Get-CdbSession -Connection $reader -ErrorAction Stop } | Should -Throw -ErrorId 'PermissionDenied*'
    }
}
