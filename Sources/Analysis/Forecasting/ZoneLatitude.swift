/// Where time zones lie, as far as a season asks: those south of 30 degrees north.
///
/// Whole degrees of each zone's principal place, from `zone.tab` of the time zone database (IANA, public domain), and of
/// the older names of the same zones. A zone that is not here lies north of 30 degrees, or nowhere (`UTC`).
enum ZoneLatitude {
    static let degrees: [String: Int] = {
        var found: [String: Int] = [:]
        for line in table.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard let degrees = Int(words[0]) else { preconditionFailure("a line of zones begins with its latitude") }
            for name in words.dropFirst() { found[String(name)] = degrees }
        }
        return found
    }()

    private static let table = """
        -78 Antarctica/McMurdo Antarctica/Vostok
        -72 Antarctica/Troll
        -69 Antarctica/Davis Antarctica/Syowa
        -68 Antarctica/Mawson Antarctica/Rothera
        -67 Antarctica/DumontDUrville
        -66 Antarctica/Casey
        -65 Antarctica/Palmer
        -55 America/Argentina/Ushuaia
        -54 Antarctica/Macquarie Atlantic/South_Georgia
        -53 America/Punta_Arenas
        -52 America/Argentina/Rio_Gallegos Atlantic/Stanley
        -49 Indian/Kerguelen
        -46 America/Coyhaique
        -44 NZ-CHAT Pacific/Chatham
        -43 Australia/Currie Australia/Hobart Australia/Tasmania
        -38 Australia/Melbourne Australia/Victoria
        -37 Antarctica/South_Pole NZ Pacific/Auckland
        -35 America/Argentina/Buenos_Aires America/Buenos_Aires America/Montevideo Australia/Adelaide
        -35 Australia/South
        -34 Australia/ACT Australia/Canberra Australia/NSW Australia/Sydney
        -33 America/Argentina/Mendoza America/Argentina/San_Luis America/Mendoza America/Santiago
        -33 Chile/Continental
        -32 America/Argentina/San_Juan Australia/Broken_Hill Australia/Eucla Australia/LHI Australia/Lord_Howe
        -32 Australia/Perth Australia/West Australia/Yancowinna
        -31 America/Argentina/Cordoba America/Cordoba America/Rosario
        -29 Africa/Maseru America/Argentina/La_Rioja Pacific/Norfolk
        -28 America/Argentina/Catamarca America/Argentina/ComodRivadavia America/Catamarca
        -27 America/Argentina/Tucuman Australia/Brisbane Australia/Queensland Chile/EasterIsland Pacific/Easter
        -26 Africa/Johannesburg Africa/Maputo Africa/Mbabane
        -25 Africa/Gaborone America/Argentina/Salta America/Asuncion Pacific/Pitcairn
        -24 America/Argentina/Jujuy America/Jujuy America/Sao_Paulo Brazil/East
        -23 Africa/Windhoek Pacific/Gambier
        -22 Pacific/Noumea
        -21 Indian/Reunion Pacific/Rarotonga Pacific/Tongatapu
        -20 America/Campo_Grande Australia/Lindeman Indian/Mauritius
        -19 Indian/Antananarivo Pacific/Niue
        -18 Africa/Harare Pacific/Efate Pacific/Fiji Pacific/Tahiti
        -16 Africa/Blantyre America/Cuiaba America/La_Paz Atlantic/St_Helena
        -15 Africa/Lusaka
        -14 Pacific/Apia Pacific/Pago_Pago Pacific/Samoa US/Samoa
        -13 America/Bahia Indian/Mayotte Pacific/Wallis
        -12 Africa/Lubumbashi America/Lima Australia/Darwin Australia/North Indian/Cocos Indian/Comoro
        -10 America/Maceio America/Porto_Acre America/Rio_Branco Brazil/Acre Indian/Christmas Pacific/Guadalcanal
        -10 Pacific/Ponape Pacific/Port_Moresby Pacific/Truk Pacific/Yap
        -9 Africa/Luanda America/Porto_Velho Asia/Dili Pacific/Fakaofo Pacific/Funafuti Pacific/Marquesas
        -8 America/Recife
        -7 Africa/Dar_es_Salaam America/Araguaina America/Eirunepe Indian/Chagos
        -6 Asia/Jakarta Pacific/Bougainville
        -5 Asia/Makassar Asia/Ujung_Pandang Indian/Mahe
        -4 Africa/Brazzaville Africa/Kinshasa America/Fortaleza America/Noronha Brazil/DeNoronha
        -3 Africa/Bujumbura America/Manaus Asia/Jayapura Brazil/West Pacific/Enderbury Pacific/Kanton
        -2 Africa/Kigali America/Guayaquil America/Santarem
        -1 Africa/Asmera Africa/Nairobi America/Belem Pacific/Galapagos Pacific/Nauru
        0 Africa/Kampala Africa/Libreville Africa/Sao_Tome Asia/Pontianak
        1 Asia/Singapore Pacific/Tarawa Singapore
        2 Africa/Mogadishu Asia/Kuching Pacific/Kiritimati
        3 America/Boa_Vista Asia/Kuala_Lumpur
        4 Africa/Bangui Africa/Douala Africa/Malabo Indian/Maldives
        5 Africa/Abidjan Africa/Juba Africa/Timbuktu America/Bogota America/Cayenne Asia/Brunei Iceland
        5 Pacific/Kosrae
        6 Africa/Accra Africa/Lagos Africa/Lome Africa/Monrovia Africa/Porto-Novo America/Paramaribo
        7 America/Guyana Asia/Colombo Pacific/Chuuk Pacific/Majuro Pacific/Palau Pacific/Pohnpei
        8 Africa/Freetown
        9 Africa/Addis_Ababa America/Coral_Harbour America/Panama Kwajalein Pacific/Kwajalein
        10 Africa/Conakry America/Caracas America/Costa_Rica
        11 America/Port_of_Spain Asia/Ho_Chi_Minh Asia/Saigon
        12 Africa/Bissau Africa/Djibouti Africa/Ndjamena Africa/Ouagadougou America/Aruba America/Curacao
        12 America/Grenada America/Kralendijk America/Managua Asia/Phnom_Penh
        13 Africa/Bamako Africa/Banjul America/Barbados America/St_Vincent Asia/Aden Pacific/Guam
        14 Africa/Niamey America/El_Salvador America/St_Lucia America/Tegucigalpa Asia/Bangkok
        15 Africa/Asmara Africa/Dakar America/Dominica America/Guatemala America/Martinique Asia/Manila
        15 Atlantic/Cape_Verde Pacific/Saipan
        16 Africa/Khartoum America/Guadeloupe
        17 America/Antigua America/Montserrat America/St_Kitts Asia/Rangoon Asia/Yangon
        18 Africa/Nouakchott America/Anguilla America/Belize America/Jamaica America/Lower_Princes America/Marigot
        18 America/Puerto_Rico America/Santo_Domingo America/St_Barthelemy America/St_Thomas America/Tortola
        18 America/Virgin Asia/Vientiane Jamaica
        19 America/Cayman America/Mexico_City America/Port-au-Prince Mexico/General Pacific/Wake
        21 America/Bahia_Banderas America/Cancun America/Grand_Turk America/Merida Pacific/Honolulu
        21 Pacific/Johnston US/Hawaii
        22 Asia/Hong_Kong Asia/Macao Asia/Macau Hongkong
        23 America/Havana America/Mazatlan Asia/Calcutta Asia/Kolkata Cuba Mexico/BajaSur
        24 Asia/Dacca Asia/Dhaka Asia/Muscat
        25 America/Nassau Asia/Dubai Asia/Karachi Asia/Qatar Asia/Riyadh Asia/Taipei ROC
        26 America/Matamoros America/Monterrey Asia/Bahrain
        27 Africa/El_Aaiun Asia/Thimbu Asia/Thimphu
        28 Asia/Kathmandu Asia/Katmandu Atlantic/Canary Pacific/Midway
        29 America/Chihuahua America/Hermosillo Asia/Kuwait
        30 America/Ojinaga
        """
}
